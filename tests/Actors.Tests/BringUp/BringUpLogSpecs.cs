using Akka.Event;
using Akka.TestKit;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>Whoever reads the log sees the steps: each when it begins, when it has ended, and when it is undone.</summary>
public sealed class BringUpLogSpecs : BringUpTest
{
    private readonly TestProbe _log;

    public BringUpLogSpecs()
        : base("INFO")
    {
        _log = CreateTestProbe();
        Sys.EventStream.Subscribe(_log.Ref, typeof(LogEvent));
        StartSupervisor();
    }

    [Fact]
    public void Each_step_should_be_logged_when_it_begins_and_when_it_has_ended()
    {
        Boot();
        Assert.Equal(
            [
                "rk3399: 1/12 remove conflicting framebuffers", "rk3399: 1/12 done",
                "rk3399: 2/12 allocate the DRM device", "rk3399: 2/12 done",
                "rk3399: 3/12 set driver data", "rk3399: 3/12 done",
                "rk3399: 4/12 allocate the private structure", "rk3399: 4/12 done",
                "rk3399: 5/12 init mode_config", "rk3399: 5/12 done",
                "rk3399: 6/12 bind all components", "rk3399: 6/12 done",
                "rk3399: 7/12 init the IOMMU", "rk3399: 7/12 done",
                "rk3399: 8/12 init vblank", "rk3399: 8/12 done",
                "rk3399: 9/12 reset the mode configuration", "rk3399: 9/12 done",
                "rk3399: 10/12 start connector polling", "rk3399: 10/12 done",
                "rk3399: 11/12 register the device", "rk3399: 11/12 done",
                "rk3399: 12/12 set up the fbdev console", "rk3399: 12/12 done",
            ],
            Steps("rk3399: 12/12 done"));
        Shutdown();
    }

    [Fact]
    public void A_step_that_fails_should_be_logged_with_its_error_and_those_before_it_as_undone()
    {
        Boot(BindFaults.AtStep(4, Errno.ENOMEM));
        Assert.Equal(
            [
                "rk3399: 4/12 allocate the private structure", "rk3399: 4/12 failed: ENOMEM", "rk3399: 3/12 undone", "rk3399: 2/12 undone",
            ],
            Steps("rk3399: 2/12 undone")[6..]);
    }

    private List<string> Steps(string last)
    {
        var lines = new List<string>();
        while (lines.Count == 0 || lines[^1] != last)
            if ($"{_log.ExpectMsg<LogEvent>().Message}" is var line && line.Contains("/12 ", StringComparison.Ordinal))
                lines.Add(line);
        return lines;
    }
}
