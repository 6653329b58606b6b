using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Fences;

public class SyncFileTests
{
    private readonly DescriptorTable _table = new();
    private readonly FenceContexts _contexts = new();

    [Fact]
    public void Its_fence_is_found_by_its_descriptor()
    {
        var fence = new Fence("vkms", "CRTC:34-crtc-0", context: 3, sequence: 12);
        var descriptor = _table.Add(new SyncFile(fence, _table, _contexts));
        Assert.Equal(Errno.None, SyncFile.Find(_table, descriptor, out var found));
        Assert.Same(fence, found);
        Assert.Equal("vkms-CRTC:34-crtc-03-12", ((SyncFile)_table.Find(descriptor)!).Name);
        Assert.Equal(Errno.EINVAL, SyncFile.Find(_table, _table.Add(new ForeignFile()), out _));
        _table.Close(descriptor);
        Assert.Equal(Errno.EBADF, SyncFile.Find(_table, descriptor, out _));
        Assert.Equal(Errno.EBADF, SyncFile.Find(_table, Descriptor.None, out _));
    }
}
