using DrmActors.Bridge.Native;

namespace DrmActors.Bridge.Tests;

/// <summary>A device of the machine, which is made to tell something: that is root's. Nothing of it changes.</summary>
internal static class NullDevice
{
    private const string Uevent = "/sys/devices/virtual/mem/null/uevent";

    // What the least room of a netlink socket has not.
    private const int Many = 50;

    public static void Tell(string what)
    {
        try
        {
            File.WriteAllText(Uevent, what);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            Skip.If(true, $"{Uevent}: {e.Message}");
        }
    }

    /// <summary>More than the daemon has room for, which has listened since before and hears of all when it is done. Other listeners have room.</summary>
    /// <param name="first">What it is told first, and has room for.</param>
    public static async Task OverrunAsync(BridgeRig rig, string first = "change")
    {
        using var late = new ManualResetEventSlim();
        TakeRoom(rig.Server.Core.Files.Monitors.System!.Socket);
        rig.Server.Core.Reader.Post(late.Wait);
        try
        {
            Tell(first);
            for (var i = 0; i < Many; i++)
                Tell("change");
        }
        finally
        {
            late.Set();
        }

        await rig.Server.BarrierAsync();
    }

    private static unsafe void TakeRoom(int socket)
    {
        var least = 1;
        Assert.Equal(0, Sys.SetOption(socket, Sys.SolSocket, Sys.RcvBuf, &least, sizeof(int)));
    }
}
