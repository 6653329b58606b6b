using DrmActors.Messages;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>A fault file says what goes wrong, and how often; what is wrong with one is told with where, what, and what is allowed.</summary>
public sealed class FaultMixTests
{
    [Fact]
    public void The_shipped_file_should_have_every_kind_of_fault()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fault in FaultMix.Load("faults").Weights)
            kinds.Add(CallKinds.NameOf(fault.Draw(new Seed(1))));
        Assert.Equal(CallKinds.Faults.Select(k => k.Name).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
        Assert.Equal(
            CrashCall.Words.Keys.Select(w => $"crashes.{w}").Order(StringComparer.Ordinal),
            FaultMix.Load("faults").Planned.Where(p => p.StartsWith("crashes.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Faults_should_come_as_often_as_the_rate_says_and_what_is_for_good_first()
    {
        var faults = FaultMix.Parse("rate = 500\nweights { unplug = 1, kill = 3 }\nioctls { GEM_OPEN { errno = EIO, probability = 0.5 } }", "my.conf");
        var calls = WorkloadGenerator.Make(WorkloadMix.Standard, new Seed(1), 2, 1000, faults).Clients;
        Assert.Equal([1001, 1000], calls.Select(c => c.Length));
        Assert.Equal(new FailIoctlCall("GEM_OPEN", Errno.EIO, 1, 0, 0.5, 0), (FailIoctlCall)calls[0][1] with { Seed = 0 });
        Assert.InRange(calls.SelectMany(c => c).Count(c => c is UnplugCall or KillCall), 900, 1100);
        Assert.InRange(calls.SelectMany(c => c).Count(c => c is UnplugCall), 200, 300);
        Assert.Equal(["unplug", "kill", "ioctls.GEM_OPEN"], faults.Planned.OrderByDescending(p => p == "unplug").ThenByDescending(p => p == "kill"));
    }

    [Fact]
    public void No_faults_should_leave_the_workload_as_it_was() => Assert.Equal(
        WorkloadGenerator.Make(WorkloadMix.Standard, new Seed(3), 2, 50).ToJson(),
        WorkloadGenerator.Make(WorkloadMix.Standard, new Seed(3), 2, 50, faults: null).ToJson());

    [Fact]
    public void An_ioctl_should_be_drawn_as_its_line_says()
    {
        var fault = FaultMix.Parse("ioctls { MODE_PAGE_FLIP { errno = EBUSY, weight = 4, nth = 2 } }", "my.conf").Weights.Single();
        Assert.Equal(("ioctls.MODE_PAGE_FLIP", 4), (fault.Name, fault.Weight));
        Assert.Equal(new FailIoctlCall("MODE_PAGE_FLIP", Errno.EBUSY, 2, 1, 1, 0), fault.Draw(new Seed(1)));
    }

    [Theory]
    [InlineData("weights {\n  kill = 1\n  unplugg = 1\n}", "my.conf:3: weights.unplugg: found an unknown key; allowed: ", "did you mean unplug?")]
    [InlineData("weights {\n  kill = 0\n}", "my.conf:1: weights: found no weight above 0; allowed: at least one fault", "")]
    [InlineData("", "my.conf:1: found no weight above 0; allowed: at least one fault", "")]
    [InlineData("weights {\n  kill = many\n}", "my.conf:2: weights.kill: found 'many'; allowed: a whole number", "")]
    [InlineData("weights = 3", "my.conf:1: weights: found a value; allowed: a section in braces", "")]
    [InlineData("rate = 0\nweights { kill = 1 }", "my.conf:1: rate: found '0'; allowed: a whole number from 1 to 1000", "")]
    [InlineData("crashes { fille = 1 }", "my.conf:1: crashes.fille: found an unknown key; allowed: ", "did you mean file?")]
    [InlineData("ioctls { GEM_OPENN { errno = EIO, weight = 1 } }", "my.conf:1: ioctls.GEM_OPENN: found an unknown key; allowed: ", "did you mean GEM_OPEN?")]
    [InlineData("ioctls {\n  GEM_OPEN { errno = EFOO, weight = 1 }\n}", "my.conf:2: ioctls.GEM_OPEN.errno: found 'EFOO'; allowed: ", "EIO")]
    [InlineData("ioctls { GEM_OPEN { weight = 1 } }", "my.conf:1: ioctls.GEM_OPEN.errno: found no such key", "")]
    [InlineData("ioctls { GEM_OPEN { errno = EIO } }", "my.conf:1: ioctls.GEM_OPEN: found neither weight nor probability; allowed: one of them", "")]
    [InlineData("ioctls { GEM_OPEN { errno = EIO, weight = 1, probability = 1 } }", "my.conf:1: ioctls.GEM_OPEN: found weight and probability", "")]
    [InlineData("ioctls { GEM_OPEN { errno = EIO, probability = 1.5 } }", "my.conf:1: ioctls.GEM_OPEN.probability: found '1.5'; allowed: a number from 0 to 1", "")]
    [InlineData("ioctls { GEM_OPEN { errno = EIO, weight = 1, nth = 0 } }", "my.conf:1: ioctls.GEM_OPEN.nth: found '0'; allowed: a whole number from 1", "")]
    [InlineData("weights { kill = ", "my.conf:", "allowed: HOCON")]
    public void What_is_wrong_should_be_told(string text, string begins, string contains)
    {
        var message = Assert.Throws<WorkloadMixException>(() => FaultMix.Parse(text, "my.conf")).Message;
        Assert.StartsWith(begins, message, StringComparison.Ordinal);
        Assert.Contains(contains, message, StringComparison.Ordinal);
    }
}
