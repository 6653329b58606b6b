using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Uevents;

/// <summary>
/// One socket that listens for uevents: a netlink socket to its client. As there, what finds no room is lost, and so is what comes until all is read; and
/// that is told once, as is what was lost before it could come here.
/// </summary>
internal sealed unsafe class UeventMonitor : PacketChannel
{
    private const int Room = 1 << 20;
    private const int JoinsAtOnce = 16;

    private readonly UeventMonitors _monitors;
    private readonly ulong _key;
    private UeventGroups _groups;
    private bool _isCongested;
    private bool _hasLost;

    private UeventMonitor(BridgeCore core, int socket)
        : base(core)
    {
        (_monitors, Socket) = (core.Files.Monitors, socket);
        var room = Room;
        _ = Sys.SetOption(socket, Sys.SolSocket, Sys.SndBuf, &room, sizeof(int));
        _key = core.Poller.Add(socket, this);
        _monitors.Add(this);
    }

    protected override int Socket { get; }

    protected override bool IsOpen => _monitors.Has(this);

    /// <summary>Opens one, which listens for nothing yet.</summary>
    /// <param name="end">Of the pair; it is taken over.</param>
    /// <returns>The name of the client's end.</returns>
    public static string Open(BridgeCore core, int end)
    {
        _ = new UeventMonitor(core, end);
        return $"{WireConstants.Name}u/0/{core.Token}/{core.NextFile()}/2";
    }

    public override void OnHangUp()
    {
        if (!_monitors.Remove(this))
            return;
        Core.Poller.Remove(Socket, _key);
        Sys.Close(Socket);
    }

    public void Send(UeventGroups group, ReadOnlySpan<byte> message)
    {
        ReadJoins();
        if (!_groups.HasFlag(group))
            return;
        if (!IsCongested() && !SocketEnd.Send(Socket, message))
            _isCongested = _hasLost = true;
    }

    /// <summary>Something is lost that this would have been sent. A reader that waits is woken.</summary>
    public void Lose()
    {
        ReadJoins();
        if (_groups == UeventGroups.None || IsCongested() || _hasLost)
            return;
        _hasLost = true;
        SocketEnd.Send(Socket, [WireConstants.Notice]);
    }

    /// <summary>It joins groups (the low 32 bits), and leaves some (the high ones).</summary>
    protected override void Listen(ulong groups) => _groups = (_groups | (UeventGroups)(uint)groups) & ~(UeventGroups)(uint)(groups >> 32);

    protected override void Take(in WirePacket packet, CallSlot slot, Luggage along)
    {
        if (packet.Op != WireOp.Overrun || !slot.TryBegin())
            return;
        var hasLost = _hasLost;
        _hasLost &= slot.Number.Value != (uint)WireOverrun.Take;
        slot.Answer(hasLost ? 1 : 0);
    }

    // What it has joined before something happened is joined.
    private void ReadJoins()
    {
        for (var i = 0; i < JoinsAtOnce && Queued(Sys.InQueue) > 0; i++)
            OnReadable();
    }

    // Until all is read.
    private bool IsCongested() => _isCongested = _isCongested && Queued(Sys.OutQueue) > 0;

    private int Queued(nuint queue)
    {
        var bytes = 0;
        return Sys.Control(Socket, queue, &bytes) == 0 ? bytes : 0;
    }
}
