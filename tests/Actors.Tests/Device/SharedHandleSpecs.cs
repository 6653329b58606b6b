using Akka.TestKit.Xunit2;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Handles of objects that are there already: by a global name, and by a framebuffer.</summary>
public sealed class SharedHandleSpecs : TestKit
{
    private static readonly ModeCreateDumb Small = new(64, 64, 32);

    [Fact]
    public async Task A_name_should_be_the_lowest_free_one_and_the_same_when_asked_twice()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        var second = await file.DoAsync(Small);

        Assert.Equal(new GemName(1), (await file.DoAsync(new GemFlink(dumb.Handle))).Name);
        Assert.Equal(new GemName(1), (await file.DoAsync(new GemFlink(dumb.Handle))).Name);
        Assert.Equal(new GemName(2), (await file.DoAsync(new GemFlink(second.Handle))).Name);
        await file.RefusedAsync(Errno.ENOENT, new GemFlink(new(777)));
        await file.RefusedAsync(Errno.ENOENT, new GemOpen(new(4242)));
        await file.RefusedAsync(Errno.ENOENT, new GemOpen(default));
        await file.DoAsync(new GemClose(dumb.Handle));
        await file.RefusedAsync(Errno.ENOENT, new GemOpen(new(1)));
        Assert.Equal(new GemName(1), (await file.DoAsync(new GemFlink((await file.DoAsync(Small)).Handle))).Name);
        await file.CloseAsync();
    }

    [Fact]
    public async Task Opening_a_name_should_give_a_new_handle_that_holds_the_object()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var maker = await rig.OpenAsync();
        var other = await rig.OpenAsync();
        var dumb = await maker.DoAsync(Small);
        var name = (await maker.DoAsync(new GemFlink(dumb.Handle))).Name;

        Assert.Equal(new GemOpened(new(1), dumb.Size), await other.DoAsync(new GemOpen(name)));
        var again = await maker.DoAsync(new GemOpen(name));
        Assert.NotEqual(dumb.Handle, again.Handle);
        await maker.DoAsync(new GemClose(again.Handle));
        await maker.DoAsync(new GemClose(dumb.Handle));

        // Held by the other file alone, under the same name, and mapped by its own right.
        Assert.Equal(1, rig.Arena.Usage.Objects);
        Assert.Equal(name, (await other.DoAsync(new GemFlink(new(1)))).Name);
        var offset = (await other.DoAsync(new ModeMapDumb(new(1)))).Offset;
        await other.DoAsync(new Mmap(offset, dumb.Size));
        await maker.RefusedAsync(Errno.EACCES, new Mmap(offset, dumb.Size));
        await other.DoAsync(new GemClose(new(1)));
        await maker.RefusedAsync(Errno.ENOENT, new GemOpen(name));
        Assert.Equal(1, rig.Arena.Usage.Objects);
        await other.DoAsync(new Munmap(1));
        Assert.Equal(0, rig.Arena.Usage.Objects);
        await maker.CloseAsync();
        await other.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_goes_should_give_back_what_it_opened_by_name(bool dies)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var maker = await rig.OpenAsync();
        var other = await rig.OpenAsync();
        var dumb = await maker.DoAsync(Small);
        var name = (await maker.DoAsync(new GemFlink(dumb.Handle))).Name;
        await other.DoAsync(new GemOpen(name));
        await maker.DoAsync(new GemClose(dumb.Handle));

        if (dies)
            Sys.Stop(other.Ref);
        else
            await other.CloseAsync();

        AwaitAssert(() => Assert.Equal(0, rig.Arena.Usage.Objects));
        await maker.RefusedAsync(Errno.ENOENT, new GemOpen(name));
        await maker.CloseAsync();
    }

    [Fact]
    public async Task Names_should_be_for_authenticated_files()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var master = await rig.OpenAsync(userId: 1000);
        var other = await rig.OpenAsync(userId: 1000, processId: 2);
        var name = (await master.DoAsync(new GemFlink((await master.DoAsync(Small)).Handle))).Name;
        var own = await other.DoAsync(Small);

        await other.RefusedAsync(Errno.EACCES, new GemOpen(name));
        await other.RefusedAsync(Errno.EACCES, new GemFlink(own.Handle));
        await master.DoAsync(new AuthMagic((await other.DoAsync(new GetMagic())).Value));
        await other.DoAsync(new GemOpen(name));
        await master.CloseAsync();
        await other.CloseAsync();
    }

    [Fact]
    public async Task A_driver_that_refuses_a_handle_should_leave_none()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var framebuffer = await file.AddFramebufferAsync(64, 64);
        var name = (await file.DoAsync(new GemFlink(new(1)))).Name;
        rig.Driver.RefuseHandle = Errno.ENOSPC;

        await file.RefusedAsync(Errno.ENOSPC, new GemOpen(name));
        await file.RefusedAsync(Errno.ENOSPC, new ModeGetFb(framebuffer));

        rig.Driver.RefuseHandle = Errno.None;
        Assert.Equal(2u, (await file.DoAsync(new GemOpen(name))).Handle.Value);
        await file.CloseAsync();
    }

    [Fact]
    public async Task GetFb_should_make_a_new_handle_at_each_call()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        var framebuffer = (await file.DoAsync(new ModeAddFb(64, 64, dumb.Pitch, 32, 24, dumb.Handle))).Id;

        Assert.Equal(new ModeFb(64, 64, dumb.Pitch, 32, 24, new(2)), await file.DoAsync(new ModeGetFb(framebuffer)));
        Assert.Equal(new GemHandle(3), (await file.DoAsync(new ModeGetFb(framebuffer))).Handle);
        var second = await file.DoAsync(new ModeGetFb2(framebuffer));
        Assert.Equal((Fourcc.Xrgb8888, FramebufferFlags.Modifiers), (second.PixelFormat, second.Flags));
        Assert.Equal([new(new(4), dumb.Pitch, 0), default, default, default], second.Planes.ToArray());
        await file.RefusedAsync(Errno.ENOENT, new ModeGetFb(new(0x7fffffff)));
        await file.RefusedAsync(Errno.ENOENT, new ModeGetFb2(new(rig.Crtc.Value)));

        await file.DoAsync(new ModeRmFb(framebuffer));
        await file.DoAsync(new GemClose(dumb.Handle));
        Assert.Equal(1, rig.Arena.Usage.Objects);
        await file.CloseAsync();
        Assert.Equal(0, rig.Arena.Usage.Objects);
    }

    [Fact]
    public async Task GetFb2_should_give_planes_of_one_buffer_one_handle()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(new ModeCreateDumb(64, 96, 8));
        var add = new ModeAddFb2(
            64, 64, Fourcc.Nv12, FramebufferFlags.None, [new(dumb.Handle, 64, 0), new(dumb.Handle, 64, 4096), default, default]);
        var framebuffer = (await file.DoAsync(add)).Id;

        var planes = (await file.DoAsync(new ModeGetFb2(framebuffer))).Planes;

        Assert.Equal([new(new(2), 64, 0), new(new(2), 64, 4096), default, default], planes.ToArray());
        await file.RefusedAsync(Errno.EINVAL, new ModeGetFb(framebuffer));
        await file.CloseAsync();
    }

    [Fact]
    public async Task GetFb_should_give_no_handle_to_who_is_neither_root_nor_master()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var master = await rig.OpenAsync(userId: 1000);
        var other = await rig.OpenAsync(userId: 1000, processId: 2);
        var root = await rig.OpenAsync(processId: 3);
        var framebuffer = await master.AddFramebufferAsync(64, 64);

        Assert.True((await other.DoAsync(new ModeGetFb(framebuffer))).Handle.IsNone);
        Assert.True((await other.DoAsync(new ModeGetFb2(framebuffer))).Planes[0].Handle.IsNone);
        await other.RefusedAsync(Errno.ENOENT, new ModeRmFb(framebuffer));
        Assert.Equal(1u, (await root.DoAsync(new ModeGetFb(framebuffer))).Handle.Value);

        // Root's handle holds the object beyond its maker's end.
        await master.CloseAsync();
        Assert.Equal(1, rig.Arena.Usage.Objects);
        await root.CloseAsync();
        Assert.Equal(0, rig.Arena.Usage.Objects);
        await other.CloseAsync();
    }
}
