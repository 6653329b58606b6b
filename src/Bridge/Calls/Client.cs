using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Calls;

/// <summary>A process that has attached: its region, and the word of the kernel when it is dead.</summary>
internal sealed class Client(BridgeCore core, SharedRegion region, int process) : IReadable
{
    private ulong _key;

    public SharedRegion Region { get; } = region;

    public void Watch() => _key = core.Poller.AddForEnd(process, this);

    public void OnReadable()
    {
    }

    /// <summary>It is dead: nobody waits any more for its calls, and what it had mapped is gone.</summary>
    public void OnHangUp()
    {
        if (!core.Clients.Remove(Region.Id))
            return;
        core.Poller.Remove(process, _key);
        Sys.Close(process);
        CallDesk.Bury(core, Region);
        Region.Leave();
        // What it sent over a card that others have as well lies there unread, and holds what came along: it is read first, for nobody.
        var ticket = core.Barrier.Begin();
        core.Reader.Post(() =>
        {
            foreach (var channel in core.Poller.FindReadable().OfType<PacketChannel>())
                channel.ReadSent();
            core.Barrier.End(ticket, core.Poller.ServeHangUps);
        });
    }
}
