using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Hardware.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Calls;

/// <summary>
/// The memory that this process shares with one client: its slots. The client may write whatever it likes there at any time. It is unmapped when the
/// client is dead and no call of it is on the way any more.
/// </summary>
internal sealed unsafe class SharedRegion
{
    private const int Length = WireConstants.Slots * WireConstants.SlotSize;

    private readonly byte* _base;
    private readonly CallSlot?[] _slots = new CallSlot?[WireConstants.Slots];
    private readonly HashSet<(BridgedFile File, ulong Id)> _mappings = [];
    private bool _isDead;
    private int _users = 1;

    private SharedRegion(ulong id, int processId, byte* start)
    {
        Id = id;
        ProcessId = processId;
        _base = start;
    }

    /// <summary>Random: knowing it is the right to use it.</summary>
    public ulong Id { get; }

    public int ProcessId { get; }

    /// <param name="descriptor">The caller's to close.</param>
    public static Errno Create(ulong id, int processId, out SharedRegion? region, out int descriptor)
    {
        region = null;
        if (!MemoryFile.TryCreate("drm-calls", Length, out descriptor, out var errno))
            return errno;
        var start = Sys.Map(0, Length, protection: 3, flags: 1, descriptor, 0);
        if (start == -1)
        {
            errno = Sys.LastError;
            Sys.Close(descriptor);
            return errno;
        }

        region = new SharedRegion(id, processId, (byte*)start);
        return Errno.None;
    }

    /// <summary>Null where there is no such slot. The reader thread's.</summary>
    public CallSlot? SlotAt(int index, ForkWatch forks, Func<CallSlot, Akka.Actor.IActorRef> actorOf)
    {
        if (index >= _slots.Length)
            return null;
        return _slots[index] ??= new CallSlot(this, _base + ((long)index * WireConstants.SlotSize), index, forks, actorOf);
    }

    public IEnumerable<CallSlot> Slots => _slots.OfType<CallSlot>();

    /// <summary>A mapping that this client will tell the end of. False where it is dead, and never will.</summary>
    public bool TryMap(ulong id, BridgedFile file)
    {
        lock (_mappings)
            return !_isDead && _mappings.Add((file, id));
    }

    public bool Unmapped(ulong id, BridgedFile file)
    {
        lock (_mappings)
            return _mappings.Remove((file, id));
    }

    /// <summary>What the client had mapped when it died.</summary>
    public IReadOnlyCollection<(BridgedFile File, ulong Id)> TakeMappings()
    {
        lock (_mappings)
        {
            (BridgedFile, ulong)[] all = [.. _mappings];
            _mappings.Clear();
            _isDead = true;
            return all;
        }
    }

    /// <summary>A call begins to use the memory. False where the client is gone.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;
            users = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            Sys.Unmap((nint)_base, Length);
    }
}
