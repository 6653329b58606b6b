using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Hardware.Memory;
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
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Awaited = 2;

    private readonly SharedRegion _region;
    private readonly byte* _slot;
    private readonly Lazy<IActorRef> _actor;
    private byte[] _argument = new byte[128];
    private int _busy;
    private Action? _ended;

    public CallSlot(SharedRegion region, byte* slot, int index, ForkWatch forks, Func<CallSlot, IActorRef> actorOf)
    {
        _region = region;
        _slot = slot;
        Index = index;
        Memory = new SlotMemory(slot);
        Descriptors = new SlotDescriptors(forks);
        _actor = new Lazy<IActorRef>(() => actorOf(this));
    }

    public int Index { get; }

    public SharedRegion Region => _region;

    /// <summary>Takes the answers of actors for this slot.</summary>
    public IActorRef Actor => _actor.Value;

    /// <summary>The call goes to an actor. Returns who takes the answer.</summary>
    /// <param name="carries">Whether it holds or makes what outlives it, should the client die meanwhile. Such a call ends by itself, or by a signal.</param>
    public IActorRef CallTo(IActorRef callee, bool carries = false)
    {
        (Callee, Carries) = (callee, carries);
        return Actor;
    }

    /// <inheritdoc cref="CallTo"/>
    public bool Carries { get; private set; }

    /// <summary>What was closed before is waited for, and then the reader thread decides what comes of the call. That thread's.</summary>
    public bool AwaitsCloses { get; set; }

    /// <summary>Who was told the last call that an actor carries out; null for nobody.</summary>
    public IActorRef? Callee { get; private set; }

    public SlotMemory Memory { get; }

    public IoctlNumber Number { get; private set; }

    /// <summary>The argument's bytes, as many as came.</summary>
    public ReadOnlySpan<byte> Argument => _argument.AsSpan(0, Size);

    public int Size { get; private set; }

    public ulong Address { get; private set; }

    /// <summary>The argument that comes back has room for the descriptor that the call makes: its number may say that there is less of it.</summary>
    public bool TellsDescriptor =>
        Number.Direction.HasFlag(IoctlDirection.Read) && UapiCodec.DescriptorOffset(Call!) is >= 0 and var offset && offset + sizeof(int) <= Number.Size;

    /// <summary>Which card's file the call is about (null for another descriptor), and since when; set by who reads it.</summary>
    public BridgedFile? File { get; set; }

    public IIoctl? Call { get; set; }

    /// <summary>What the client was asked for last, and sent along.</summary>
    public SlotDescriptors Descriptors { get; }

    public long Start { get; set; }

    private WireSlotHeader* Header => (WireSlotHeader*)_slot;

    /// <summary>Takes the call over from the client. False where none is there, or the last one is still on its way.</summary>
    /// <param name="along">What came with it; what is not taken is the caller's to close.</param>
    /// <param name="isAbout">Whether the first of that is what the call is about.</param>
    public bool TryBegin(Luggage? along = null, bool isAbout = false)
    {
        if (Interlocked.CompareExchange(ref _busy, Busy, Idle) != Idle)
            return false;
        if (Volatile.Read(ref Header->State) != (uint)WireState.Called || !_region.TryEnter())
        {
            Volatile.Write(ref _busy, Idle);
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
        if (along is not null)
            Descriptors.Load(along, isAbout, Header->Socket != 0, Wanted[..(int)Math.Min(Header->Descriptors, WireConstants.DescriptorsMax)]);
        (Call, Carries) = (null, false);
        return true;
    }

    /// <summary>Tells when the call that is on its way has ended, on whatever thread that does. The reader thread's, and only where no call will follow.</summary>
    /// <returns>False where none is on its way.</returns>
    public bool TryAwait(Action ended)
    {
        _ended = ended;
        return Interlocked.CompareExchange(ref _busy, Awaited, Busy) == Busy;
    }

    /// <summary>Asks the client for the memory that the call wants.</summary>
    public void Ask() => Ask(socket: false, []);

    /// <summary>Asks the client for what goes along.</summary>
    /// <param name="socket">For descriptors that the call makes.</param>
    /// <param name="wanted">Descriptors that it names.</param>
    public void Ask(bool socket, ImmutableArray<Descriptor> wanted)
    {
        Memory.Ask();
        Header->Ranges = (uint)Memory.Ranges;
        Header->Socket = socket ? 1u : 0;
        Header->Name = default;
        Header->Descriptors = (uint)wanted.Length;
        for (var i = 0; i < wanted.Length; i++)
            Wanted[i].Number = wanted[i].Number;
        Descriptors.Close();
        Descriptors.Asked = wanted;
        End(WireState.Fetch);
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
        Header->Descriptors = (uint)Descriptors.Made;
        Descriptors.Close();
        End(WireState.Done);
    }

    /// <summary>With the answer goes a new descriptor, the next of those that wait in the socket; or the client's own end of it.</summary>
    /// <param name="at">In the client.</param>
    /// <param name="flags">O_CLOEXEC, O_NONBLOCK.</param>
    /// <param name="name">Of the client's end; empty for one that waits.</param>
    public void Hand(ulong at, uint flags, string name = "")
    {
        Wanted[Descriptors.Made++] = new WireDescriptor { At = at, Flags = flags, Number = -1 };
        Header->Name = WireName.Of(name);
    }

    /// <summary>With the answer goes memory. ENODEV for what shares its file with others, as it was made before the bridge began to serve: that is handed to nobody.</summary>
    /// <param name="isReadOnly">No mprotect makes it writable.</param>
    public Errno HandMemory(Arena arena, ArenaBlock block, bool isReadOnly)
    {
        if (!arena.HasDescriptor(block))
            return Errno.ENODEV;
        var memory = arena.DescriptorOf(block);
        var handed = isReadOnly ? Sys.OpenForReading(memory) : memory;
        if (handed < 0)
            return Errno.ENOMEM;
        Hand(at: 0, flags: 0);
        var sent = SocketEnd.Send(Descriptors.Socket, [0], handed);
        if (handed != memory)
            Sys.Close(handed);
        return sent ? Errno.None : Errno.ENODEV;
    }

    private Span<WireDescriptor> Wanted => new(_slot + WireConstants.DescriptorOffset, WireConstants.DescriptorsMax);

    // The slot is free for the next call before the client knows.
    private void End(WireState state)
    {
        var isAwaited = Interlocked.Exchange(ref _busy, Idle) == Awaited;
        Volatile.Write(ref Header->State, (uint)state);
        Sys.Wake(&Header->State);
        _region.Leave();
        if (isAwaited)
            _ended!();
    }
}
