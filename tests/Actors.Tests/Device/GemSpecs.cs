using Akka.TestKit.Xunit2;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>GEM objects, handles, dumb buffers and mappings on a real device.</summary>
public sealed class GemSpecs : TestKit
{
    private static readonly ModeCreateDumb Small = new(64, 64, 32);

    [Theory]
    [InlineData(0u, 64u, 32u)]
    [InlineData(64u, 0u, 32u)]
    [InlineData(64u, 64u, 0u)]
    [InlineData(uint.MaxValue, 64u, 32u)]
    [InlineData(64u, uint.MaxValue, 32u)]
    [InlineData(0x10000u, 0x10000u, 32u)]
    [InlineData(64u, 64u, uint.MaxValue)]
    public async Task CreateDumb_should_refuse_sizes_that_cannot_be(uint width, uint height, uint bpp)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();

        await file.RefusedAsync(Errno.EINVAL, new ModeCreateDumb(width, height, bpp));

        Assert.Equal(0, rig.Arena.Usage.Objects);
        await file.CloseAsync();
    }

    [Fact]
    public async Task CreateDumb_should_refuse_more_than_there_is_and_serve_the_next()
    {
        await using var rig = await DeviceRig.StartAsync(Sys, capacity: 1 << 20);
        var file = await rig.OpenAsync();

        await file.RefusedAsync(Errno.ENOMEM, new ModeCreateDumb(1024, 1024, 32));
        await file.DoAsync(Small);

        await file.CloseAsync();
    }

    [Fact]
    public async Task Handles_should_count_from_one_and_use_the_lowest_free_next()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var first = await file.DoAsync(Small);
        var second = await file.DoAsync(Small);
        Assert.Equal((1u, 2u), (first.Handle.Value, second.Handle.Value));
        Assert.Equal((256u, 16384ul), (first.Pitch, first.Size));

        await file.DoAsync(new GemClose(first.Handle));
        Assert.Equal(1u, (await file.DoAsync(Small)).Handle.Value);

        await file.RefusedAsync(Errno.EINVAL, new GemClose(new(9)));
        await file.RefusedAsync(Errno.EINVAL, new GemClose(default));
        await file.RefusedAsync(Errno.EINVAL, new GemClose(second.Handle, Pad: 1));
        await file.DoAsync(new ModeDestroyDumb(second.Handle));
        await file.RefusedAsync(Errno.EINVAL, new ModeDestroyDumb(second.Handle));
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_handle_should_mean_nothing_in_another_file()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var owner = await rig.OpenAsync();
        var other = await rig.OpenAsync();
        var dumb = await owner.DoAsync(Small);
        var offset = (await owner.DoAsync(new ModeMapDumb(dumb.Handle))).Offset;

        await other.RefusedAsync(Errno.ENOENT, new ModeMapDumb(dumb.Handle));
        await other.RefusedAsync(Errno.EINVAL, new GemClose(dumb.Handle));
        await other.RefusedAsync(Errno.ENOENT, new ModeAddFb(64, 64, 256, 32, 24, dumb.Handle));
        await other.RefusedAsync(Errno.EACCES, new Mmap(offset, dumb.Size));

        await owner.CloseAsync();
        await other.CloseAsync();
    }

    [Fact]
    public async Task Mmap_should_check_offset_then_length_then_permission()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        var offset = (await file.DoAsync(new ModeMapDumb(dumb.Handle))).Offset;
        Assert.Equal(offset, (await file.DoAsync(new ModeMapDumb(dumb.Handle))).Offset);
        Assert.NotEqual(0ul, offset);

        await file.RefusedAsync(Errno.EINVAL, new Mmap(offset + 4096, 4096));
        await file.RefusedAsync(Errno.EINVAL, new Mmap(offset, dumb.Size + 4096));
        await file.RefusedAsync(Errno.EINVAL, new Mmap(0, 4096));
        var mapping = await file.DoAsync(new Mmap(offset, 100));
        await file.DoAsync(new GemClose(dumb.Handle));

        // Alive, but no handle allows it any more; then gone.
        await file.RefusedAsync(Errno.EACCES, new Mmap(offset, dumb.Size));
        Assert.Equal(1, rig.Arena.Usage.Objects);
        await file.DoAsync(new Munmap(mapping.MappingId));
        Assert.Equal(0, rig.Arena.Usage.Objects);
        await file.RefusedAsync(Errno.EINVAL, new Mmap(offset, dumb.Size));
        await file.RefusedAsync(Errno.EINVAL, new Munmap(mapping.MappingId));
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_mapping_should_keep_its_closed_file_and_with_it_the_master()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var first = await rig.OpenAsync();
        var second = await rig.OpenAsync();
        var dumb = await first.DoAsync(Small);
        var offset = (await first.DoAsync(new ModeMapDumb(dumb.Handle))).Offset;
        var mapping = await first.DoAsync(new Mmap(offset, dumb.Size));

        await first.CloseAsync();
        await first.RefusedAsync(Errno.EBADF, new GetVersion());
        await second.RefusedAsync(Errno.EBUSY, new SetMaster());

        await first.DoAsync(new Munmap(mapping.MappingId));
        await second.DoAsync(new SetMaster());
        Assert.Equal(0, rig.Arena.Usage.Objects);
        await second.CloseAsync();
    }

    [Fact]
    public async Task A_driver_that_refuses_a_handle_should_leave_nothing()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        rig.Driver.RefuseHandle = Errno.ENOSPC;

        await file.RefusedAsync(Errno.ENOSPC, Small);

        Assert.Equal(0, rig.Arena.Usage.Objects);
        rig.Driver.RefuseHandle = Errno.None;
        Assert.Equal(1u, (await file.DoAsync(Small)).Handle.Value);
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_file_that_dies_should_give_everything_back()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var lit = await file.AddFramebufferAsync();
        await file.LightAsync(lit);
        var dumb = await file.DoAsync(Small);
        var offset = (await file.DoAsync(new ModeMapDumb(dumb.Handle))).Offset;
        await file.DoAsync(new Mmap(offset, dumb.Size));

        Watch(file.Ref);
        Sys.Stop(file.Ref);
        ExpectTerminated(file.Ref);
        // The dead file's picture goes at the next vblank; a new opener is served only after that.
        var next = await rig.OpenAsync(userId: 1000);
        await rig.VblankAsync();
        AwaitAssert(() => Assert.Equal((0, 1), (rig.Arena.Usage.Objects, rig.Driver.Closed)));
        await next.CloseAsync();
    }
}
