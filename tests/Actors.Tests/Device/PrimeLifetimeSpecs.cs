using Akka.Event;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Memory that several devices have lives until the last of them has given it back, whoever ends first.</summary>
public sealed class PrimeLifetimeSpecs : PrimeSpec
{
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
}
