using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Of which devices the watch still expects that they keep what they have.</summary>
public sealed class RunWatchTests
{
    [Fact]
    public async Task A_device_that_comes_while_another_crashes_may_have_been_reached()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms", "vgem", "no-vblank" } });
        var (first, second, third) = (host.Views[0], host.Views[1], host.Views[2]);
        var watch = new RunWatch([]);
        var crashing = watch.DeviceOf(first);

        var fault = watch.Begin(0, 0, FileNumber.Of(crashing.Number, 0), new InjectFault("crash", LosesObjects: true), crashing);
        var besides = watch.DeviceOf(second);
        watch.End(fault, Errno.EIO, null);
        var later = watch.DeviceOf(third);

        Assert.Equal((true, true, false), (crashing.IsLossy, besides.IsLossy, later.IsLossy));
        watch.Lose(third);
        Assert.True(later.IsLossy);
    }

    [Fact]
    public async Task A_device_that_is_pulled_out_loses_nothing()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms", "vgem" } });
        var watch = new RunWatch([]);
        var pulled = watch.DeviceOf(host.Views[0]);

        watch.Begin(0, 0, FileNumber.Of(pulled.Number, 0), new InjectFault("unplug"), pulled);

        Assert.Equal((false, true, false), (pulled.IsLossy, pulled.IsDisturbed, watch.DeviceOf(host.Views[1]).IsLossy));
    }
}
