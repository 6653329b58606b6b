using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>A buffer of one device in the hands of another: the exporter's driver hears of all that is done to it, in pairs.</summary>
public sealed class PrimeSpecs : PrimeSpec
{
    [Fact]
    public async Task Import_should_attach_pin_and_ask_where_the_memory_lies()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();

        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;

        Assert.Equal(new GemHandle(1), handle);
        Assert.All(Steps, step => Assert.Equal(1, exporter.Driver.Prime.Open(step)));
        Assert.Equal(1, importer.Driver.Prime.Open("import sg table"));
        // The same for the same file, and another object for another.
        Assert.Equal(handle, (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle);
        var other = await importer.OpenAsync();
        await other.DoAsync(new PrimeFdToHandle(descriptor));
        Assert.All(Steps, step => Assert.Equal(2, exporter.Driver.Prime.Open(step)));
        Assert.Equal(2, (await importer.AskAsync<Reply<ObjectList>>(importer.Gem, new ListObjects())).Value!.Objects.Length);
        await file.DoAsync(new GemClose(handle));
        Assert.All(Steps, step => Assert.Equal(1, exporter.Driver.Prime.Open(step)));
        await CloseAsync(exporter, descriptor, source, file, other);
        Assert.All(Steps, step => Assert.Equal(0, exporter.Driver.Prime.Open(step)));
    }

    [Theory]
    [InlineData("import", false, Errno.EINVAL)]
    [InlineData("import sg table", false, Errno.ENOMEM)]
    [InlineData("attach", true, Errno.EBUSY)]
    [InlineData("pin", true, Errno.ENOSPC)]
    [InlineData("sg table", true, Errno.ENOMEM)]
    public async Task A_step_that_is_refused_should_undo_those_before_it(string step, bool isOfExporter, Errno expected)
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        (isOfExporter ? exporter : importer).Driver.Prime.Refused[step] = expected;

        await file.RefusedAsync(expected, new PrimeFdToHandle(descriptor));

        exporter.Driver.Prime.AssertPaired();
        importer.Driver.Prime.AssertPaired();
        exporter.Driver.Prime.Refused.Clear();
        importer.Driver.Prime.Refused.Clear();
        Assert.Equal(new GemHandle(1), (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle);
        await CloseAsync(exporter, descriptor, source, file);
    }

    [Fact]
    public async Task A_handle_that_the_importers_driver_refuses_should_leave_nothing()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        importer.Driver.RefuseHandle = Errno.ENOSPC;

        await file.RefusedAsync(Errno.ENOSPC, new PrimeFdToHandle(descriptor));

        Assert.All(Steps, step => Assert.Equal(0, exporter.Driver.Prime.Open(step)));
        Assert.Equal(0, importer.Driver.Prime.Open("import sg table"));
        importer.Driver.RefuseHandle = Errno.None;
        await CloseAsync(exporter, descriptor, source, file);
    }

    [Fact]
    public async Task An_export_that_the_driver_refuses_should_make_nothing()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        rig.Driver.Prime.Refused["export"] = Errno.EPERM;
        await file.RefusedAsync(Errno.EPERM, new PrimeHandleToFd(dumb.Handle, PrimeFlags.None));
        Assert.Equal(0, rig.Descriptors.Count);
        await file.CloseAsync();
    }

    [Fact]
    public async Task An_imported_buffer_should_not_be_mapped_as_a_dumb_one()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;

        await file.RefusedAsync(Errno.EINVAL, new ModeMapDumb(handle));
        await file.RefusedAsync(Errno.ENOENT, new ModeMapDumb(new(77)));
        // It has a name of its own device, by which another file has the same object.
        var name = (await file.DoAsync(new GemFlink(handle))).Name;
        var other = await importer.OpenAsync();
        var opened = await other.DoAsync(new GemOpen(name));
        var exported = (await other.DoAsync(new PrimeHandleToFd(opened.Handle, PrimeFlags.None))).Descriptor;
        Assert.Same(exporter.Descriptors.Find(descriptor), exporter.Descriptors.Find(exported));
        exporter.Descriptors.Close(exported);
        await CloseAsync(exporter, descriptor, source, file, other);
    }

    [Fact]
    public async Task A_framebuffer_should_have_an_imported_buffer_mapped_for_reading()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;

        var one = (await file.DoAsync(new ModeAddFb(64, 64, 256, 32, 24, handle))).Id;
        var two = (await file.DoAsync(new ModeAddFb(64, 64, 256, 32, 24, handle))).Id;
        Assert.Equal(handle.Value + 1, (await file.DoAsync(new ModeGetFb2(one))).Planes[0].Handle.Value);
        await importer.AskAsync<Reply<ObjectList>>(importer.Gem, new ListObjects());
        Assert.Equal(1, exporter.Driver.Prime.Open("vmap"));
        await file.DoAsync(new ModeRmFb(one));
        Assert.Equal(1, exporter.Driver.Prime.Open("vmap"));
        await file.DoAsync(new ModeRmFb(two));
        AwaitAssert(() => Assert.Equal(0, exporter.Driver.Prime.Open("vmap")));
        await CloseAsync(exporter, descriptor, source, file);
    }

    [Fact]
    public async Task Importer_and_exporter_should_share_what_is_yet_to_happen()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        await file.DoAsync(new PrimeFdToHandle(descriptor));

        var of = await importer.AskAsync<Reply<ObjectList>>(importer.Gem, new ListObjects());
        Assert.Same(((DmaBuf)exporter.Descriptors.Find(descriptor)!).Reservation, Assert.Single(of.Value!.Objects).Reservation);
        await CloseAsync(exporter, descriptor, source, file);
    }
}
