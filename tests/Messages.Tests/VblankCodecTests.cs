using System.Runtime.InteropServices;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class VblankCodecTests
{
    private const long Time = 5_000_000_000_123_456_789;

    private static drm_wait_vblank Request(VblankFlags flags, uint sequence, ulong signal) =>
        new() { request = new() { type = (uint)flags, sequence = sequence, signal = signal } };

    [Fact]
    public void Wait_should_carry_flags_that_nobody_knows() =>
        Assert.Equal(
            new WaitVblank((VblankFlags)0x8000_0043, 5, ulong.MaxValue),
            Ioctl.Decode<WaitVblank, drm_wait_vblank>(Request((VblankFlags)0x8000_0043, 5, ulong.MaxValue)));

    [Fact]
    public void Wait_should_come_back_absolute_with_the_time_in_microseconds()
    {
        drm_wait_vblank argument = Request(VblankFlags.Relative | (VblankFlags)2, 1, 55);

        Assert.Equal(Errno.None, Ioctl.Encode<WaitVblank, drm_wait_vblank>(Reply<VblankReply>.Success(new VblankReply(100, Time)), ref argument));
        // The seconds are cut to 32 bits, as in events.
        Assert.Equal(
            new drm_wait_vblank_reply { type = 2, sequence = 100, tval_sec = unchecked((uint)5_000_000_000), tval_usec = 123_456 }, argument.reply);
    }

    [Fact]
    public void Wait_for_an_event_should_keep_its_signal()
    {
        drm_wait_vblank argument = Request(VblankFlags.Relative | VblankFlags.Event, 1, 55);

        Assert.Equal(Errno.None, Ioctl.Encode<WaitVblank, drm_wait_vblank>(Reply<VblankReply>.Success(new VblankReply(101, 0)), ref argument));
        Assert.Equal(new drm_wait_vblank_request { type = (uint)VblankFlags.Event, sequence = 101, signal = 55 }, argument.request);
    }

    [Fact]
    public void Wait_that_a_signal_ends_should_come_back_rewritten()
    {
        drm_wait_vblank argument = Request(VblankFlags.Relative, 1, 0);
        var reply = new Reply<VblankReply>(Errno.EINTR, new VblankReply(101, 0));

        Assert.Equal(Errno.EINTR, Ioctl.Encode<WaitVblank, drm_wait_vblank>(reply, ref argument));
        Assert.Equal(Request(VblankFlags.Absolute, 101, 0).request, argument.request);
    }

    [Fact]
    public void Sequence_should_be_told_in_64_bits_and_nanoseconds()
    {
        var argument = new drm_crtc_get_sequence { crtc_id = 31, active = 9 };

        Assert.Equal(new CrtcGetSequence(new(31)), Ioctl.Decode<CrtcGetSequence, drm_crtc_get_sequence>(argument));
        Reply<CrtcSequence> reply = Reply<CrtcSequence>.Success(new CrtcSequence(true, 1ul << 40, Time));
        Assert.Equal(Errno.None, Ioctl.Encode<CrtcGetSequence, drm_crtc_get_sequence>(reply, ref argument));
        Assert.Equal(new drm_crtc_get_sequence { crtc_id = 31, active = 1, sequence = 1ul << 40, sequence_ns = Time }, argument);
    }

    [Fact]
    public void Queued_sequence_should_be_that_of_the_event()
    {
        var argument = new drm_crtc_queue_sequence { crtc_id = 31, flags = 9, sequence = 1, user_data = ulong.MaxValue };

        Assert.Equal(
            new CrtcQueueSequence(new(31), (SequenceFlags)9, 1, ulong.MaxValue), Ioctl.Decode<CrtcQueueSequence, drm_crtc_queue_sequence>(argument));
        Reply<SequenceQueued> reply = Reply<SequenceQueued>.Success(new SequenceQueued(1ul << 40));
        Assert.Equal(Errno.None, Ioctl.Encode<CrtcQueueSequence, drm_crtc_queue_sequence>(reply, ref argument));
        Assert.Equal(new drm_crtc_queue_sequence { crtc_id = 31, flags = 9, sequence = 1ul << 40, user_data = ulong.MaxValue }, argument);
        var bytes = new byte[32];
        Assert.True(UapiCodec.TryEncodeEvent(new CrtcSequenceEvent(66, 1ul << 40, Time), bytes));
        Assert.Equal(
            new drm_event_crtc_sequence { @base = new() { type = 3, length = 32 }, user_data = 66, time_ns = Time, sequence = 1ul << 40 },
            MemoryMarshal.Read<drm_event_crtc_sequence>(bytes));
    }

    [Fact]
    public void Events_should_be_headed_by_type_and_length()
    {
        var bytes = new byte[40];

        Assert.True(UapiCodec.TryEncodeEvent(new VblankEvent(55, 100, Time, new(31)), bytes));
        Assert.Equal(Expected(1, 55), MemoryMarshal.Read<drm_event_vblank>(bytes));
        Assert.True(UapiCodec.TryEncodeEvent(new FlipCompleteEvent(77, 100, Time, new(31)), bytes));
        Assert.Equal(Expected(2, 77), MemoryMarshal.Read<drm_event_vblank>(bytes));
        Assert.All(bytes[32..], b => Assert.Equal(0, b));
        Assert.True(UapiCodec.TryEncodeEvent(new UnknownEvent(9, new byte[] { 9, 0, 0, 0, 8, 0, 0, 0 }), bytes));
        Assert.Equal(new drm_event { type = 9, length = 8 }, MemoryMarshal.Read<drm_event>(bytes));
    }

    [Fact]
    public void Event_that_does_not_fit_should_write_nothing()
    {
        var bytes = new byte[31];

        Assert.False(UapiCodec.TryEncodeEvent(new VblankEvent(55, 100, Time, new(31)), bytes));
        Assert.All(bytes, b => Assert.Equal(0, b));
        Assert.False(UapiCodec.TryEncodeEvent(new UnknownEvent(9, new byte[32]), bytes));
    }

    private static drm_event_vblank Expected(uint type, ulong userData) => new()
    {
        @base = new() { type = type, length = 32 },
        user_data = userData,
        tv_sec = unchecked((uint)5_000_000_000),
        tv_usec = 123_456,
        sequence = 100,
        crtc_id = 31,
    };
}
