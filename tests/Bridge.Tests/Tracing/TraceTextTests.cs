using System.Collections.Immutable;
using DrmActors.Messages;
using static DrmActors.Bridge.Tests.Tracing.Traced;

namespace DrmActors.Bridge.Tests.Tracing;

public sealed class TraceTextTests
{
    [Fact]
    public void A_call_should_be_one_line_with_its_fields_its_answer_and_its_time() => Assert.Equal(
        "[pid 123] card0 DRM_IOCTL_MODE_CREATE_DUMB {width=64, height=48, bpp=32, flags=0} = 0 {handle=1, pitch=256, size=12288} <0.000012>\n",
        Text(Call(new ModeCreateDumb(64, 48, 32), Reply<DumbBuffer>.Success(new DumbBuffer(new GemHandle(1), 256, 12_288)))));

    [Fact]
    public void A_failure_should_have_its_name_and_what_is_written_back() => Assert.Equal(
        "[pid 123] card1 DRM_IOCTL_SET_VERSION {interface_major=1, interface_minor=9, driver_major=-1, driver_minor=-1} = -1 EINVAL "
        + "{interface_major=1, interface_minor=4, driver_major=1, driver_minor=0} <0.000012>\n",
        Text(Call(new SetVersion(1, 9, -1, -1), new Reply<VersionAgreed>(Errno.EINVAL, new VersionAgreed(1, 4, 1, 0)), Errno.EINVAL, minor: 1)));

    [Fact]
    public void A_call_without_fields_and_answer_should_be_short() => Assert.Equal(
        "[pid 123] renderD128 DRM_IOCTL_SET_MASTER = -1 EACCES <0.000012>\n",
        Text(Call(new SetMaster(), Reply<Done>.Failed(Errno.EACCES), Errno.EACCES, minor: 128)));

    [Theory]
    [InlineData(0xc0106499, "_IOC(_IOC_READ|_IOC_WRITE, 'd', 0x99, 16)")]
    [InlineData(0x00001234, "_IOC(_IOC_NONE, 0x12, 0x34, 0)")]
    [InlineData(0xc00864b2, "_IOC(_IOC_READ|_IOC_WRITE, 'd', 0xb2, 8)")]
    [InlineData(0xc02064b2, "DRM_IOCTL_MODE_CREATE_DUMB")]
    public void A_call_that_became_no_message_should_have_its_name_or_its_number(uint number, string name) =>
        Assert.Equal($"[pid 123] card0 {name} = -1 EINVAL <0.000012>\n", Text(Call(null, errno: Errno.EINVAL, number: number)));

    [Fact]
    public void Flags_and_constants_should_have_names_and_the_unknown_a_number()
    {
        Assert.Contains("flags=EVENT|ASYNC|0x40, user_data=0xfe", Text(Call(new ModePageFlip(new CrtcId(31), new FramebufferId(50), (PageFlipFlags)0x43, 0xfe))));
        Assert.Contains("{capability=DUMB_BUFFER}", Text(Call(new GetCap(Capability.DumbBuffer))));
        Assert.Contains("{capability=0x77}", Text(Call(new GetCap((Capability)0x77))));
        Assert.Contains("{flags=RELATIVE|EVENT, sequence=1,", Text(Call(new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 1))));
    }

    [Fact]
    public void Formats_modes_and_arrays_should_be_short()
    {
        var mode = new ModeInfo { Name = "1920x1080", VRefresh = 60 };
        var planes = ImmutableArray.Create(new FramebufferPlane(new GemHandle(1), 256, 0), default, default, default);
        var crtcs = Enumerable.Range(1, 10).Select(i => new ConnectorId((uint)i)).ToImmutableArray();

        Assert.Contains("connectors=[1, 2, 3, 4, 5, 6, 7, 8, ... 2 more], mode=1920x1080@60}",
            Text(Call(new ModeSetCrtc(new CrtcId(31), new FramebufferId(50), 0, 0, crtcs, mode))));
        Assert.Contains("connectors=[], mode=NULL}", Text(Call(new ModeSetCrtc(new CrtcId(31), default, 0, 0, [], null))));
        Assert.Contains("pixel_format=XR24, flags=0, planes=[{handle=1, pitch=256, offset=0, modifier=0x0}, {",
            Text(Call(new ModeAddFb2(64, 64, 0x34325258, FramebufferFlags.None, planes))));
        Assert.Contains("formats=[XR24, R8, 0x01020304]}",
            Text(Call(new ModeGetPlane(new PlaneId(1)), Reply<ModePlane>.Success(new ModePlane(default, default, default, 1, [0x34325258, 0x20203852, 0x01020304])))));
    }

    [Fact]
    public void Descriptors_should_be_the_clients()
    {
        Assert.Contains("DRM_IOCTL_PRIME_FD_TO_HANDLE {descriptor=6} = 0 {handle=1}",
            Text(Call(new PrimeFdToHandle(new Descriptor(6)), Reply<PrimeImported>.Success(new PrimeImported(new GemHandle(1))))));
        Assert.Contains("= 0 {close_on_exec=1}",
            Text(Call(new PrimeHandleToFd(new GemHandle(1), PrimeFlags.CloseOnExec), Reply<PrimeExported>.Success(new PrimeExported(new Descriptor(0))))));
    }

    [Fact]
    public void Text_of_a_client_should_stay_on_its_line() => Assert.Contains(
        @"name=""a\""b\x0a""",
        Text(Call(new GetUnique(), Reply<UniqueName>.Success(new UniqueName("a\"b\n")))));

    [Fact]
    public void File_operations_should_look_like_the_system_calls()
    {
        var events = Reply<EventBatch>.Success(new EventBatch([new FlipCompleteEvent(0xab, 7, 1_000_000, new CrtcId(31))]));

        Assert.Equal(
            "[pid 123] card0 read {length=1024, non_blocking=0} = 32 {events=[{FLIP_COMPLETE, user_data=0xab, sequence=7, time=1000000, crtc=31}]} <0.000012>\n",
            Text(Call(new ReadEvents(1024, false), events)));
        Assert.StartsWith("[pid 123] card0 mmap {offset=0x100000000, length=4096} = -1 EACCES", Text(Call(new Mmap(1L << 32, 4096), errno: Errno.EACCES)));
    }

    [Fact]
    public void What_an_argument_pointed_at_and_could_not_be_read_should_not_hide_the_rest() => Assert.Contains(
        "DRM_IOCTL_MODE_CREATEPROPBLOB {data=[1, 2]} = -1 EFAULT",
        Text(Call(new RefusedIoctl(new ModeCreatePropBlob([1, 2]), Errno.EFAULT), errno: Errno.EFAULT)));

    [Fact]
    public void Every_message_should_have_a_line()
    {
        foreach (var row in IoctlTable.Rows)
        {
            var call = (IIoctl)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(row.Message);

            Assert.StartsWith($"[pid 123] card0 {row.Name}", Text(Call(call)));
        }
    }
}
