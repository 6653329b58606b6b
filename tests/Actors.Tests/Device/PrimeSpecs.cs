using Akka.Event;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>A buffer of one device in the hands of another: the exporter's driver hears of all that is done to it, in pairs.</summary>
public sealed class PrimeSpecs : TestKit
{
    private static readonly ModeCreateDumb Small = new(64, 64, 32);
    private static readonly string[] Steps = ["attach", "pin", "sg table"];

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
    public async Task Memory_should_live_until_exporter_importer_and_descriptor_are_gone()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;

        await source.CloseAsync();
        exporter.Descriptors.Close(descriptor);
        Assert.Equal(1, exporter.Arena.Usage.Objects);
        // It is the exporter's still: back there it is the same object.
        var again = (await file.DoAsync(new PrimeHandleToFd(handle, PrimeFlags.None))).Descriptor;
        var back = await exporter.OpenAsync();
        await back.DoAsync(new PrimeFdToHandle(again));
        Assert.Single((await exporter.AskAsync<Reply<ObjectList>>(exporter.Gem, new ListObjects())).Value!.Objects);
        await CloseAsync(exporter, again, back, file);
        AwaitAssert(() => Assert.Equal(0, exporter.Arena.Usage.Objects));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_importer_that_was_the_last_should_be_answered_when_the_memory_is_given_back(bool closesFile)
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;
        exporter.Descriptors.Close(descriptor);
        await source.CloseAsync();
        Assert.Equal(1, exporter.Arena.Usage.Objects);

        if (closesFile)
            await file.CloseAsync();
        else
            await file.DoAsync(new GemClose(handle));

        Assert.Equal(0, exporter.Arena.Usage.Objects);
        if (!closesFile)
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

    [Fact]
    public async Task Memory_should_outlive_the_exporters_object_and_take_nobody_new()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        Sys.EventStream.Subscribe(Sys.ActorOf(DeadCallAnswerer.Props(exporter.Descriptors)), typeof(DeadLetter));
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;
        await file.DoAsync(new ModeAddFb(64, 64, 256, 32, 24, handle));
        var buffer = (DmaBuf)exporter.Descriptors.Find(descriptor)!;
        exporter.Arena.Span(buffer.Exporter.Block).Fill(0x5a);

        buffer.Exporter.Object.Tell(new InjectedCrash(CrashOnRequest.Instance), Akka.Actor.ActorRefs.NoSender);

        // Nothing is begun on it any more, and what was is ended.
        AwaitAssert(() => Assert.All(Steps.Append("vmap"), step => Assert.Equal(0, exporter.Driver.Prime.Open(step))));
        Assert.Equal(0x5a, exporter.Arena.Span(buffer.Exporter.Block)[100]);
        var other = await importer.OpenAsync();
        await other.RefusedAsync(Errno.ENODEV, new PrimeFdToHandle(descriptor));
        var own = await exporter.OpenAsync();
        await own.RefusedAsync(Errno.ENODEV, new PrimeFdToHandle(descriptor));
        // Whoever has it has it.
        Assert.Equal(handle, (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle);
        Assert.True(exporter.Arena.Usage.Parked == 1);
        await CloseAsync(exporter, descriptor, source, file, other, own);
        AwaitAssert(() => Assert.Equal(0, exporter.Arena.Usage.Pages));
    }

    [Fact]
    public async Task Memory_should_outlive_the_exporters_device()
    {
        await using var outer = await DeviceRig.StartAsync(Sys);
        var exporter = await DeviceRig.StartAsync(Sys, beside: outer);
        var (source, descriptor) = await ExportAsync(exporter);
        var buffer = (DmaBuf)outer.Descriptors.Find(descriptor)!;
        outer.Arena.Span(buffer.Exporter.Block).Fill(0x5a);
        var file = await outer.OpenAsync();
        var handle = (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle;

        await exporter.UnplugAsync();
        await source.RefusedAsync(Errno.ENODEV, new PrimeHandleToFd(new(1), PrimeFlags.None));
        await source.RefusedAsync(Errno.ENODEV, new PrimeFdToHandle(descriptor));
        await source.CloseAsync();
        AwaitAssert(() => Assert.Equal(0, exporter.Driver.Prime.Open("attach")));
        await exporter.DisposeAsync();

        Assert.Equal(0x5a, outer.Arena.Span(buffer.Exporter.Block)[100]);
        Assert.Equal(Errno.None, buffer.CheckMmap(0, 4096, writes: true));
        await file.DoAsync(new ModeAddFb(64, 64, 256, 32, 24, handle));
        var other = await outer.OpenAsync();
        AwaitAssert(() => Assert.Equal(1, outer.Arena.Usage.Parked));
        await other.RefusedAsync(Errno.ENODEV, new PrimeFdToHandle(descriptor));
        await CloseAsync(outer, descriptor, file, other);
        AwaitAssert(() => Assert.Equal(0, outer.Arena.Usage.Pages));
    }

    [Fact]
    public async Task An_import_while_the_last_handle_is_closed_should_keep_name_and_dma_buf()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (source, descriptor) = await ExportAsync(rig);
        var name = (await source.DoAsync(new GemFlink(new(1)))).Name;
        var exported = rig.Descriptors.Find(descriptor);
        var other = await rig.OpenAsync();
        // On the object's thread: a file imports without it.
        rig.Driver.Entered = name =>
        {
            if (name != "close")
                return;
            rig.Driver.Entered = null;
            Assert.Equal(Errno.None, other.CallAsync(new PrimeFdToHandle(descriptor)).GetAwaiter().GetResult().Errno);
        };

        await source.DoAsync(new GemClose(new(1)));

        Assert.Null(rig.Driver.Entered);
        Assert.Equal(name, (await other.DoAsync(new GemFlink(new(1)))).Name);
        rig.Descriptors.Close(descriptor);
        var again = (await other.DoAsync(new PrimeHandleToFd(new(1), PrimeFlags.None))).Descriptor;
        Assert.Same(exported, rig.Descriptors.Find(again));
        await CloseAsync(rig, again, source, other);
    }

    [Fact]
    public async Task Two_files_should_import_at_once_and_each_hold_the_object()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (source, descriptor) = await ExportAsync(rig);
        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.OpenAsync()));
        await source.CloseAsync();

        await Task.WhenAll(files.Select(f => f.DoAsync(new PrimeFdToHandle(descriptor))));

        rig.Descriptors.Close(descriptor);
        foreach (var file in files)
        {
            Assert.Equal(1, rig.Arena.Usage.Objects);
            await file.DoAsync(new GemClose(new(1)));
        }

        Assert.Equal(0, rig.Arena.Usage.Objects);
        foreach (var file in files)
            await file.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_importer_that_goes_should_give_back_what_it_attached(bool dies)
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        await file.DoAsync(new PrimeFdToHandle(descriptor));
        if (dies)
            Sys.Stop(file.Ref);
        else
            await file.CloseAsync();

        AwaitAssert(() => Assert.Equal(0, exporter.Driver.Prime.Open("attach")));
        await CloseAsync(exporter, descriptor, source);
    }

    private static async Task<(OpenFile File, Descriptor Descriptor)> ExportAsync(DeviceRig rig)
    {
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        return (file, (await file.DoAsync(new PrimeHandleToFd(dumb.Handle, PrimeFlags.ReadWrite))).Descriptor);
    }

    // What an importer gives back, the exporter hears of some time.
    private async Task CloseAsync(DeviceRig rig, Descriptor descriptor, params OpenFile[] files)
    {
        rig.Descriptors.Close(descriptor);
        foreach (var file in files)
            await file.CloseAsync();
        AwaitAssert(() => Assert.Equal(0, rig.Arena.Usage.Pages));
    }
}
