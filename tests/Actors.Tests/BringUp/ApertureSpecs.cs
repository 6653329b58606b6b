using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>One active driver a display: who owns a range, who gives way, and when it is free again.</summary>
public sealed class ApertureSpecs : TestKit
{
    private static readonly ApertureRange Screen = new("rk3399", 0xf700_0000, 0x80_0000);

    private readonly IActorRef _aperture;

    public ApertureSpecs() => _aperture = Sys.ActorOf(ApertureRegistry.Props(), "aperture");

    [Theory]
    [InlineData(0xf700_0000ul, 0x80_0000ul, true)]
    [InlineData(0xf77f_ffffu, 1, true)]
    [InlineData(0xf6ff_ffffu, 2, true)]
    [InlineData(0, ulong.MaxValue, true)]
    [InlineData(0xf780_0000u, 0x1000, false)]
    [InlineData(0xf6ff_f000u, 0x1000, false)]
    public void Ranges_should_overlap_where_they_share_a_byte(ulong start, ulong size, bool overlap)
    {
        var other = new ApertureRange("rk3399", start, size);
        Assert.Equal(overlap, Screen.Overlaps(other));
        Assert.Equal(overlap, other.Overlaps(Screen));
        Assert.False(Screen.Overlaps(other with { Board = "another" }));
    }

    [Fact]
    public void The_last_byte_of_64_bits_should_belong_to_its_range()
    {
        var last = new ApertureRange("rk3399", ulong.MaxValue - 0xfff, 0x1000);
        Assert.True(last.Overlaps(new ApertureRange("rk3399", ulong.MaxValue, 1)));
        Assert.False(last.Overlaps(new ApertureRange("rk3399", 0, 0x1000)));
    }

    [Fact]
    public void Acquiring_a_range_that_somebody_owns_should_be_busy()
    {
        Acquire(Screen, CreateTestProbe(), Errno.None);
        Acquire(Screen with { Base = Screen.Base + Screen.Size - 1, Size = 1 }, CreateTestProbe(), Errno.EBUSY);
        Acquire(Screen with { Board = "another" }, CreateTestProbe(), Errno.None);
        Acquire(Screen with { Base = Screen.Base + Screen.Size }, CreateTestProbe(), Errno.None);
    }

    [Fact]
    public void A_range_should_be_released_with_its_owner()
    {
        var owner = CreateTestProbe();
        Acquire(Screen, owner, Errno.None);
        Sys.Stop(owner.Ref);

        AwaitAssert(() => Acquire(Screen, TestActor, Errno.None));
    }

    [Fact]
    public void Removing_should_wait_until_every_owner_in_the_way_is_unplugged()
    {
        var (first, second, beside) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Acquire(Screen with { Size = 0x1000 }, first, Errno.None);
        Acquire(Screen with { Base = Screen.Base + 0x1000, Size = 0x1000 }, second, Errno.None);
        Acquire(Screen with { Base = Screen.Base + Screen.Size }, beside, Errno.None);

        _aperture.Tell(new RemoveConflicting("rk3399", Screen), TestActor);
        first.ExpectMsg<UnplugDevice>();
        second.ExpectMsg<UnplugDevice>();
        first.Reply(new DeviceStep(UnplugDevice.Instance, Errno.None));
        // Not silent yet, so still the owner.
        Acquire(Screen with { Base = Screen.Base + 0x1000, Size = 1 }, TestActor, Errno.EBUSY);
        second.Reply(new DeviceStep(UnplugDevice.Instance, Errno.None));
        ExpectMsg<ConflictsRemoved>();

        Acquire(Screen, TestActor, Errno.None);
        Assert.False(beside.HasMessages);
    }

    [Fact]
    public void Removing_all_of_a_board_should_leave_other_boards_alone()
    {
        var (here, there) = (CreateTestProbe(), CreateTestProbe());
        Acquire(Screen, here, Errno.None);
        Acquire(Screen with { Board = "another" }, there, Errno.None);

        _aperture.Tell(new RemoveConflicting("rk3399", Range: null), TestActor);
        here.ExpectMsg<UnplugDevice>();
        here.Reply(new DeviceStep(UnplugDevice.Instance, Errno.None));
        ExpectMsg<ConflictsRemoved>();
        Assert.False(there.HasMessages);
    }

    [Fact]
    public void Two_that_remove_the_same_owner_should_both_be_answered_and_the_owner_told_once()
    {
        var owner = CreateTestProbe();
        var rival = CreateTestProbe();
        Acquire(Screen, owner, Errno.None);

        _aperture.Tell(new RemoveConflicting("rk3399", Screen), TestActor);
        _aperture.Tell(new RemoveConflicting("rk3399", Screen), rival.Ref);
        owner.ExpectMsg<UnplugDevice>();
        owner.Reply(new DeviceStep(UnplugDevice.Instance, Errno.None));
        ExpectMsg<ConflictsRemoved>();
        rival.ExpectMsg<ConflictsRemoved>();
        Assert.False(owner.HasMessages);
    }

    [Fact]
    public void An_owner_that_dies_instead_of_answering_should_be_removed_as_well()
    {
        var owner = CreateTestProbe();
        Acquire(Screen, owner, Errno.None);

        _aperture.Tell(new RemoveConflicting("rk3399", Range: null), TestActor);
        owner.ExpectMsg<UnplugDevice>();
        Sys.Stop(owner.Ref);
        ExpectMsg<ConflictsRemoved>();
    }

    [Fact]
    public void Removing_where_nobody_is_should_be_answered_at_once()
    {
        _aperture.Tell(new RemoveConflicting("rk3399", Range: null), TestActor);
        ExpectMsg<ConflictsRemoved>();
    }

    [Fact]
    public void The_firmwares_framebuffer_should_own_its_range_and_give_way()
    {
        var framebuffer = BoardLoader.Load("rk3399").FirmwareFramebuffer!;
        var firmware = Start(framebuffer);
        ExpectMsg(new FirmwareStarted("rk3399", Errno.None));
        Acquire(new ApertureRange("rk3399", framebuffer.Address, framebuffer.Size), TestActor, Errno.EBUSY);

        _aperture.Tell(new RemoveConflicting("rk3399", Range: null), TestActor);
        ExpectMsg<ConflictsRemoved>();
        Watch(firmware);
        ExpectTerminated(firmware);
    }

    [Fact]
    public void A_second_firmware_framebuffer_on_the_same_range_should_do_without()
    {
        var framebuffer = BoardLoader.Load("rk3399").FirmwareFramebuffer!;
        Acquire(new ApertureRange("rk3399", framebuffer.Address, 1), TestActor, Errno.None);

        var firmware = Start(framebuffer);
        ExpectMsg(new FirmwareStarted("rk3399", Errno.EBUSY));
        Watch(firmware);
        ExpectTerminated(firmware);
    }

    private IActorRef Start(FirmwareFramebuffer framebuffer)
    {
        var props = FirmwareFramebufferActor.Props("rk3399", framebuffer, _aperture);
        Sys.ActorOf(StubParent.Props(props, "firmware", TestActor));
        return ExpectMsg<StubParent.Started>().Child;
    }

    private void Acquire(ApertureRange range, IActorRef owner, Errno expected)
    {
        var asker = CreateTestProbe();
        _aperture.Tell(new AcquireAperture(range, owner), asker.Ref);
        asker.ExpectMsg(new ApertureAcquired(range, expected));
    }
}
