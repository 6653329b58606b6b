using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class SyncFileCodecTests
{
    private const ulong A = ClientMemory.Start;

    private readonly ClientMemory _memory = new();

    [Theory]
    [InlineData("frame", "frame")]
    [InlineData("", "")]
    [InlineData("a name of more than thirty-one bytes", "a name of more than thirty-one ")]
    public void Merge_should_have_a_name_the_other_file_and_a_place_for_the_new_one(string name, string expected)
    {
        var argument = new sync_merge_data { fd2 = 7, fence = -9, flags = 1, pad = 2 };
        System.Text.Encoding.Latin1.GetBytes(name.AsSpan(0, Math.Min(32, name.Length)), argument.name);

        var call = Ioctl.Decode<SyncMerge, sync_merge_data>(argument);
        Assert.Equal(new SyncMerge(expected, new(7), 1, 2), call);
        Assert.Equal(Errno.None, Ioctl.Encode<SyncMerge, sync_merge_data>(Reply<SyncMerged>.Success(new(new(4))), ref argument));
        // The descriptor's number is not the codec's to say.
        Assert.Equal((-9, 36), (argument.fence, UapiCodec.DescriptorOffset(call)));
    }

    [Fact]
    public void Info_should_tell_its_fences()
    {
        var argument = new sync_file_info { num_fences = 3, sync_fence_info = A };
        var info = new SyncFileInfo("file", -5, 2, [new("CRTC:34-crtc-0", "vkms", 1, 77), new("sw", "sync", 0, 0)]);

        Assert.Equal(new GetSyncFileInfo(3), Ioctl.Decode<GetSyncFileInfo, sync_file_info>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<GetSyncFileInfo, sync_file_info>(Reply<SyncFileInfo>.Success(info), ref argument, _memory));
        Assert.Equal(("file", -5, 2u), (SyncFileCodec.TextOf(argument.name), argument.status, argument.num_fences));
        var fences = _memory.Get<sync_fence_info>(A, 3);
        Assert.Equal(
            [("CRTC:34-crtc-0", "vkms", 1, 77ul), ("sw", "sync", 0, 0ul), ("", "", 0, 0ul)],
            fences.Select(f => (SyncFileCodec.TextOf(f.obj_name), SyncFileCodec.TextOf(f.driver_name), f.status, f.timestamp_ns)));
    }

    [Fact]
    public void Info_that_cannot_be_told_should_change_nothing()
    {
        var argument = new sync_file_info { num_fences = 3, sync_fence_info = ClientMemory.Unmapped };
        var info = new SyncFileInfo("file", 1, 1, [new("a", "b", 1, 77)]);

        Assert.Equal(Errno.EFAULT, Ioctl.Encode<GetSyncFileInfo, sync_file_info>(Reply<SyncFileInfo>.Success(info), ref argument, _memory));
        Assert.Equal(("", 0, 3u), (SyncFileCodec.TextOf(argument.name), argument.status, argument.num_fences));
        // Nobody looks at a pointer where there is nothing to tell.
        Assert.Equal(
            Errno.None, Ioctl.Encode<GetSyncFileInfo, sync_file_info>(Reply<SyncFileInfo>.Success(info with { Fences = [] }), ref argument, _memory));
        Assert.Equal(("file", 1u), (SyncFileCodec.TextOf(argument.name), argument.num_fences));
    }

    [Fact]
    public void Deadline_should_be_told_with_its_padding() =>
        Assert.Equal(
            new SetSyncDeadline(ulong.MaxValue, 1),
            Ioctl.Decode<SetSyncDeadline, sync_set_deadline>(new sync_set_deadline { deadline_ns = ulong.MaxValue, pad = 1 }));
}
