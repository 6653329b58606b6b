using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class SyncobjCodecTests
{
    private const ulong A = ClientMemory.Start;
    private const ulong B = ClientMemory.Start + 64;

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Handles_should_be_told()
    {
        var create = new drm_syncobj_create { flags = 1 };
        Assert.Equal(new SyncobjCreate(SyncobjCreateFlags.Signaled), Ioctl.Decode<SyncobjCreate, drm_syncobj_create>(create));
        Assert.Equal(Errno.None, Ioctl.Encode<SyncobjCreate, drm_syncobj_create>(Reply<SyncobjCreated>.Success(new(new(7))), ref create));
        Assert.Equal(7u, create.handle);
        Assert.Equal(new SyncobjDestroy(new(7), 3), Ioctl.Decode<SyncobjDestroy, drm_syncobj_destroy>(new() { handle = 7, pad = 3 }));
    }

    [Fact]
    public void Descriptors_should_travel()
    {
        var argument = new drm_syncobj_handle { handle = 7, flags = 1, fd = -5, pad = 2, point = 9 };
        var export = Ioctl.Decode<SyncobjHandleToFd, drm_syncobj_handle>(argument);
        Assert.Equal(new SyncobjHandleToFd(new(7), SyncobjExportFlags.ExportSyncFile, 2, 9), export);
        // The descriptor's number is not the codec's to say.
        Assert.Equal(Errno.None, Ioctl.Encode<SyncobjHandleToFd, drm_syncobj_handle>(Reply<SyncobjExported>.Success(new(new(9))), ref argument));
        Assert.Equal((-5, 8), (argument.fd, UapiCodec.DescriptorOffset(export)));
        Assert.Equal([new MadeDescriptor(new(9))], new SyncobjExported(new(9)).Made.ToArray());

        ITakesDescriptors import = Ioctl.Decode<SyncobjFdToHandle, drm_syncobj_handle>(argument);
        Assert.Equal([new Descriptor(-5)], import.Takes.ToArray());
        Assert.Equal(new SyncobjFdToHandle(new(4), new(7), SyncobjImportFlags.ImportSyncFile, 2, 9), import.With([new(4)]));

        ITakesDescriptors count = Ioctl.Decode<SyncobjEventfd, drm_syncobj_eventfd>(new() { handle = 7, flags = 4, point = 8, fd = 5, pad = 6 });
        Assert.Equal(new SyncobjEventfd(new(7), 8, new(2), SyncobjWaitFlags.WaitAvailable, 6), count.With([new(2)]));
    }

    [Fact]
    public void Wait_should_name_its_syncobjs_and_tell_which_came_first()
    {
        _memory.Put<uint>(A, 3, 4).Put<ulong>(B, 10, 11);
        var argument = new drm_syncobj_timeline_wait { handles = A, points = B, count_handles = 2, timeout_nsec = -1, flags = 5, deadline_nsec = 99, first_signaled = 77 };
        var wait = Ioctl.Decode<SyncobjTimelineWait, drm_syncobj_timeline_wait>(argument, _memory);
        Assert.Equal([new SyncobjHandle(3), new SyncobjHandle(4)], wait.Handles.ToArray());
        Assert.Equal([10ul, 11ul], wait.Points.ToArray());
        Assert.Equal((2u, -1L, SyncobjWaitFlags.WaitAll | SyncobjWaitFlags.WaitAvailable, 99ul), (wait.Count, wait.Timeout, wait.Flags, wait.Deadline));

        Ioctl.Encode<SyncobjTimelineWait, drm_syncobj_timeline_wait>(Reply<SyncobjWaited>.Failed(Errno.ETIME), ref argument);
        Assert.Equal(77u, argument.first_signaled);
        Ioctl.Encode<SyncobjTimelineWait, drm_syncobj_timeline_wait>(Reply<SyncobjWaited>.Success(new(null)), ref argument);
        Assert.Equal(77u, argument.first_signaled);
        Ioctl.Encode<SyncobjTimelineWait, drm_syncobj_timeline_wait>(Reply<SyncobjWaited>.Success(new(1)), ref argument);
        Assert.Equal(1u, argument.first_signaled);
    }

    [Theory]
    [InlineData(16, 0ul)]
    [InlineData(24, 9ul)]
    [InlineData(32, 9ul)]
    public void Handle_of_an_older_program_should_have_no_point(int size, ulong point)
    {
        var number = new IoctlNumber(IoctlDirection.ReadWrite, (byte)'d', 0xc1, size);
        byte[] bytes = [.. Ioctl.BytesOf(new drm_syncobj_handle { handle = 7, flags = 3, point = 9 }), .. Enumerable.Repeat((byte)0xaa, 8)];
        var export = new SyncobjHandleToFd(new(7), SyncobjExportFlags.ExportSyncFile | SyncobjExportFlags.Timeline, Point: point);
        Assert.Equal((Errno.None, export), UapiCodec.Decode(number, bytes.AsSpan(0, size), _memory));
    }

    [Fact]
    public void Wait_of_an_older_program_should_have_no_deadline()
    {
        _memory.Put<uint>(A, 3);
        var number = new IoctlNumber(IoctlDirection.ReadWrite, (byte)'d', 0xc3, 32);
        var bytes = Ioctl.BytesOf(new drm_syncobj_wait { handles = A, count_handles = 1, timeout_nsec = 5, deadline_nsec = 1 });
        var (errno, call) = UapiCodec.Decode(number, bytes.AsSpan(0, 32), _memory);
        Assert.Equal((Errno.None, 0ul, 5L), (errno, ((SyncobjWait)call!).Deadline, ((SyncobjWait)call).Timeout));
    }

    [Theory]
    [InlineData(ClientMemory.Unmapped, 1)]
    [InlineData(ulong.MaxValue - 1, 2)]
    [InlineData(A, uint.MaxValue)]
    public void Arrays_that_cannot_be_read_should_leave_the_count(ulong address, uint count)
    {
        var reset = Ioctl.Decode<SyncobjReset, drm_syncobj_array>(new() { handles = address, count_handles = count, pad = 9 }, _memory);
        Assert.Equal((0, count, 9u), (reset.Handles.Length, reset.Count, reset.Pad));
        var signal = Ioctl.Decode<SyncobjTimelineSignal, drm_syncobj_timeline_array>(new() { handles = A, points = address, count_handles = count, flags = 3 }, _memory);
        Assert.Equal((count == uint.MaxValue ? 0 : (int)count, 0, 3u), (signal.Handles.Length, signal.Points.Length, signal.Flags));
    }

    [Fact]
    public void Points_that_nobody_points_at_should_be_0()
    {
        _memory.Put<uint>(A, 3, 4);
        var signal = Ioctl.Decode<SyncobjTimelineSignal, drm_syncobj_timeline_array>(new() { handles = A, count_handles = 2 }, _memory);
        Assert.Equal([0ul, 0ul], signal.Points.ToArray());
        var wait = Ioctl.Decode<SyncobjTimelineWait, drm_syncobj_timeline_wait>(new() { handles = A, count_handles = 2 }, _memory);
        Assert.Equal([0ul, 0ul], wait.Points.ToArray());
    }

    [Fact]
    public void Query_should_write_the_points()
    {
        _memory.Put<uint>(A, 3, 4);
        var argument = new drm_syncobj_timeline_array { handles = A, points = B, count_handles = 2, flags = 1 };
        Assert.Equal(SyncobjQueryFlags.LastSubmitted, Ioctl.Decode<SyncobjQuery, drm_syncobj_timeline_array>(argument, _memory).Flags);
        var reply = Reply<SyncobjPoints>.Success(new([5, ulong.MaxValue]));
        Assert.Equal(Errno.None, Ioctl.Encode<SyncobjQuery, drm_syncobj_timeline_array>(reply, ref argument, _memory));
        Assert.Equal([5ul, ulong.MaxValue], _memory.Get<ulong>(B, 2));
        argument.points = ClientMemory.Unmapped;
        Assert.Equal(Errno.EFAULT, Ioctl.Encode<SyncobjQuery, drm_syncobj_timeline_array>(reply, ref argument, _memory));
    }
}
