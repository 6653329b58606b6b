using Akka.Actor;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>A bind that fails, at each step and at each component: undone in reverse, nothing left, and the next one works.</summary>
public sealed class BringUpFailureSpecs : BringUpTest
{
    public BringUpFailureSpecs() => StartSupervisor();

    [Theory]
    [InlineData(1, "remove conflicting framebuffers")]
    [InlineData(2, "allocate the DRM device")]
    [InlineData(3, "set driver data")]
    [InlineData(4, "allocate the private structure")]
    [InlineData(5, "init mode_config")]
    [InlineData(6, "bind all components")]
    [InlineData(7, "init the IOMMU")]
    [InlineData(8, "init vblank")]
    [InlineData(9, "reset the mode configuration")]
    [InlineData(10, "start connector polling")]
    [InlineData(11, "register the device")]
    public void A_failing_step_should_undo_all_before_it_in_reverse(int step, string name)
    {
        Assert.Equal(
            new BoardBooted(-1, Errno.ENOMEM, $"{step}/12 {name}"), Boot(BindFaults.AtStep(step, Errno.ENOMEM)));

        IEnumerable<string> expected =
            [.. BindTrail.DoneUpTo(step - 1), $"{step} ENOMEM", .. BindTrail.UndoneFrom(step - 1)];
        Assert.Equal(expected, TrailUpTo(expected.Last()));
        NothingShouldBeLeft();
        Assert.Equal(step == 1, Find("/user/drm/firmware-rk3399") is not null);
        Assert.False(Uevents.HasMessages);

        TheNextBootShouldWork();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_failing_component_should_unbind_those_before_it_in_reverse(int index)
    {
        var name = BindTrail.Match[index];
        Assert.Equal(
            new BoardBooted(-1, Errno.EIO, $"6/12 bind all components: {name}"), Boot(BindFaults.AtComponent(name, Errno.EIO)));

        var bound = BindTrail.Match[..index];
        IEnumerable<string> expected =
        [
            .. BindTrail.DoneUpTo(5),
            .. bound.Select(b => $"bind {b}"),
            .. bound.Reverse().Select(b => $"unbind {b}"),
            "6 EIO",
            .. BindTrail.UndoneFrom(5),
        ];
        Assert.Equal(expected, TrailUpTo(expected.Last()));
        NothingShouldBeLeft();

        TheNextBootShouldWork();
    }

    [Fact]
    public void A_console_that_fails_should_leave_the_card_without_one()
    {
        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot(BindFaults.AtStep(12, Errno.ENOMEM)));
        Assert.Equal([.. BindTrail.DoneUpTo(11), "12 ENOMEM"], TrailUpTo("12 ENOMEM"));

        Shutdown();
        Assert.Equal(BindTrail.UndoneFrom(12), TrailUpTo("2 undone"));
        NothingShouldBeLeft();
    }

    [Fact]
    public void Boots_that_fail_again_and_again_should_leave_nothing()
    {
        for (var round = 0; round < 20; round++)
            Assert.Equal(Errno.ENOMEM, Boot(BindFaults.AtStep((round % 11) + 1, Errno.ENOMEM)).Errno);
        NothingShouldBeLeft();
        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot());
        Shutdown();
    }

    [Theory]
    [InlineData("vopl")]
    [InlineData("dsi")]
    [InlineData("card0")]
    public void A_crash_at_any_moment_of_a_boot_should_leave_nothing(string victim)
    {
        var lines = BindTrail.DoneUpTo(BindTrail.Steps).ToList();
        for (var moment = victim == "card0" ? lines.IndexOf("2 done") : 0; moment < lines.Count; moment++)
        {
            Host.Send(Supervisor, new BootBoard(Board));
            var parts = Components();
            while (NextOnTrail() != lines[moment])
            {
            }

            if (victim == "card0")
                Sys.ActorSelection("/user/drm/card0").Tell(new StubComponent.Crash(), TestActor);
            else
                parts[victim].Tell(new StubComponent.Crash());

            // It may be up already when it crashes; it ends in either case.
            Host.ExpectMsg<BoardBooted>();
            AwaitAssert(NothingShouldBeLeft);
            while (Trail.HasMessages)
                Trail.ReceiveOne();
        }

        Shutdown();
    }

    private void TheNextBootShouldWork()
    {
        Assert.Equal(new BoardBooted(0, Errno.None, ""), Boot());
        Assert.Equal(BindTrail.DoneUpTo(BindTrail.Steps), TrailUpTo("12 done"));
        Assert.Equal(new Uevent(UeventAction.Add, 0), Uevents.ExpectMsg<Uevent>());
        Shutdown();
        Assert.Equal(BindTrail.UndoneFrom(BindTrail.Steps), TrailUpTo("2 undone"));
        Assert.Equal(new Uevent(UeventAction.Remove, 0), Uevents.ExpectMsg<Uevent>());
        NothingShouldBeLeft();
        Assert.Null(Find("/user/drm/firmware-rk3399"));
    }
}
