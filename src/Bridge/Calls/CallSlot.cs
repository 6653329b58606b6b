using Akka.Actor;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge.Calls;

/// <summary>
/// One slot of a client, and the call in it; at most one at a time, whatever the client does.
/// <code>idle --TryBegin--> loaded --Ask--> idle (the client sends it again)
/// loaded --Answer--> idle; between them an actor may have it</code>
/// </summary>
internal sealed unsafe class CallSlot
{
    private readonly SharedRegion _region;
    private readonly byte* _slot;
    private readonly Lazy<IActorRef> _actor;
    private byte[] _argument = new byte[128];
    private int _busy;

    public CallSlot(SharedRegion region, byte* slot, int index, Func<CallSlot, IActorRef> actorOf)
    {
        _region = region;
        _slot = slot;
        Index = index;
        Memory = new SlotMemory(slot);
        _actor = new Lazy<IActorRef>(() => actorOf(this));
    }

    public int Index { get; }

    public SharedRegion Region => _region;

    /// <summary>Takes the answers of actors for this slot.</summary>
    public IActorRef Actor => _actor.Value;

    public bool HasActor => _actor.IsValueCreated;

    public SlotMemory Memory { get; }

    public IoctlNumber Number { get; private set; }

    /// <summary>The argument's bytes, as many as came.</summary>
    public ReadOnlySpan<byte> Argument => _argument.AsSpan(0, Size);

    public int Size { get; private set; }

    public ulong Address { get; private set; }

    /// <summary>Whom the call is about, and since when; set by who reads it.</summary>
    public BridgedFile File { get; set; } = null!;

    public IIoctl? Call { get; set; }

    /// <summary>A socket for the answer's descriptor, or -1. Closed with the answer.</summary>
    public int Reply { get; set; } = -1;

    public long Start { get; set; }

    private WireSlotHeader* Header => (WireSlotHeader*)_slot;

    /// <summary>Takes the call over from the client. False where none is there, or the last one is still on its way.</summary>
    public bool TryBegin()
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            return false;
        if (Volatile.Read(ref Header->State) != (uint)WireState.Called || !_region.TryEnter())
        {
            Volatile.Write(ref _busy, 0);
            return false;
        }

        Number = new IoctlNumber(Header->Number);
        Address = Header->Address;
        Size = (int)Math.Min(Header->Size, WireConstants.ArgumentSize);
        if (_argument.Length < Math.Max(Size, Number.Size))
            _argument = new byte[WireConstants.ArgumentSize];
        new ReadOnlySpan<byte>(_slot + WireConstants.ArgumentOffset, Size).CopyTo(_argument);
        _argument.AsSpan(Size, Math.Max(0, Number.Size - Size)).Clear();
        Memory.Load(Header->Ranges);
        Call = null;
        return true;
    }

    /// <summary>Asks the client for the memory that the call wants.</summary>
    public void Ask() => Ask(WireState.Fetch);

    /// <summary>Asks the client for a socket for the descriptor that the call makes.</summary>
    public void AskForSocket() => Ask(WireState.Socket);

    private void Ask(WireState forWhat)
    {
        Memory.Ask();
        Header->Ranges = (uint)Memory.Ranges;
        CloseReply();
        End(forWhat);
    }

    /// <summary>Answers an ioctl.</summary>
    /// <returns>What the ioctl returns.</returns>
    public Errno Answer(object reply)
    {
        var argument = _argument.AsSpan(0, Number.Size);
        var errno = UapiCodec.Encode(Number, reply, argument, Memory);
        return Answer(errno, Number.Direction.HasFlag(IoctlDirection.Read) ? argument : []);
    }

    /// <param name="argument">Goes back to where the argument was; empty for none.</param>
    public Errno Answer(Errno errno, ReadOnlySpan<byte> argument = default)
    {
        if (!argument.IsEmpty)
            Memory.WriteArgument(Address, argument);
        Answer(-(int)errno);
        return errno;
    }

    public void Answer(int result)
    {
        Header->Result = result;
        Header->Ranges = (uint)Memory.Written;
        CloseReply();
        End(WireState.Done);
    }

    /// <summary>With the answer goes a descriptor, which waits in the socket of <see cref="Reply"/>.</summary>
    /// <param name="at">Of its number, from the beginning of the argument.</param>
    /// <param name="flags">O_CLOEXEC or 0.</param>
    public void Hand(int at, uint flags)
    {
        Header->DescriptorAt = Address + (ulong)at;
        Header->DescriptorFlags = flags;
    }

    private void CloseReply()
    {
        if (Reply >= 0)
            Sys.Close(Reply);
        Reply = -1;
    }

    // The slot is free for the next call before the client knows.
    private void End(WireState state)
    {
        Volatile.Write(ref _busy, 0);
        Volatile.Write(ref Header->State, (uint)state);
        Sys.Wake(&Header->State);
        _region.Leave();
    }
}
