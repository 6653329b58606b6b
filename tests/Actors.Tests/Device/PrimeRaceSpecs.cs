using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>What comes to a buffer while something else is done with it: the driver holds that in the middle until the test lets it go on.</summary>
public sealed class PrimeRaceSpecs : PrimeSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _goOn = new();

    [Fact]
    public async Task Threads_that_import_at_once_should_get_one_handle_of_each_buffer()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, one) = await ExportAsync(exporter);
        var other = (await source.DoAsync(new PrimeHandleToFd((await source.DoAsync(Small)).Handle, PrimeFlags.None))).Descriptor;
        var file = await importer.OpenAsync();
        Hold(importer, "import");

        var imports = ((Descriptor[])[one, other, one, other, one]).Select(d => file.CallAsync(new PrimeFdToHandle(d))).ToList();
        // Behind them: they are under way.
        await file.DoAsync(new GetVersion());
        _goOn.Set();

        Assert.Equal([1u, 2u, 1u, 2u, 1u], (await Task.WhenAll(imports)).Select(r => r.Value!.Handle.Value));
        Assert.Equal(2, exporter.Driver.Prime.Begun("attach"));
        exporter.Descriptors.Close(other);
        await CloseAsync(exporter, one, source, file);
    }

    [Fact]
    public async Task A_file_that_dies_in_an_import_should_answer_it_and_leave_nothing()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, descriptor) = await ExportAsync(exporter);
        var file = await importer.OpenAsync();
        Hold(importer, "import");
        var imports = Enumerable.Range(0, 2).Select(_ => file.CallAsync(new PrimeFdToHandle(descriptor))).ToList();
        await file.DoAsync(new GetVersion());

        Sys.Stop(file.Ref);
        foreach (var import in imports)
            Assert.Equal(Errno.ENODEV, (await import.WaitAsync(Patience)).Errno);
        _goOn.Set();

        AwaitAssert(() => Assert.Equal((1, 0), (exporter.Driver.Prime.Begun("attach"), exporter.Driver.Prime.Open("attach"))));
        await CloseAsync(exporter, descriptor, source);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handle_of_an_object_that_dies_before_it_hears_of_it_should_leave_nothing(bool fileDies)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        Sys.EventStream.Subscribe(Sys.ActorOf(DeadCallAnswerer.Props(rig.Descriptors)), typeof(DeadLetter));
        var (source, descriptor) = await ExportAsync(rig);
        var file = await rig.OpenAsync();
        Hold(rig, "close");
        var closing = source.CallAsync(new GemClose(new(1)));
        await _entered.Task.WaitAsync(Patience);
        Crash(rig, descriptor);

        // It is held, so nobody can refuse it; and the object hears of it too late.
        Assert.Equal(new GemHandle(1), (await file.DoAsync(new PrimeFdToHandle(descriptor))).Handle);
        if (fileDies)
            await file.Ref.GracefulStop(Patience);
        _goOn.Set();

        Assert.Equal(Errno.None, (await closing.WaitAsync(Patience)).Errno);
        AwaitAssert(() => Assert.Equal(2, rig.Driver.HandlesClosed));
        if (!fileDies)
            await file.CloseAsync();
        await CloseAsync(rig, descriptor, source);
    }

    [Fact]
    public async Task A_dma_buf_that_ends_just_before_its_object_should_keep_no_memory()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (source, first) = await ExportAsync(rig);
        var framebuffer = (await source.DoAsync(new ModeAddFb(64, 64, 256, 32, 24, new(1)))).Id;
        await source.DoAsync(new GemClose(new(1)));
        // A handle anew: with it begins another dma-buf, beside the one that is held still.
        var handle = (await source.DoAsync(new ModeGetFb(framebuffer))).Handle;
        Hold(rig, "export");
        var exporting = source.CallAsync(new PrimeHandleToFd(handle, PrimeFlags.None));
        await _entered.Task.WaitAsync(Patience);

        Crash(rig, first);
        rig.Descriptors.Close(first);
        _goOn.Set();

        var second = (await exporting.WaitAsync(Patience)).Value!.Descriptor;
        AwaitAssert(() => Assert.True(((DmaBuf)rig.Descriptors.Find(second)!).IsLost));
        await CloseAsync(rig, second, source);
    }

    [Fact]
    public async Task A_name_should_give_no_handle_of_an_object_without_one()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        await file.DoAsync(new GemFlink(dumb.Handle));
        await file.DoAsync(new Mmap((await file.DoAsync(new ModeMapDumb(dumb.Handle))).Offset, dumb.Size));
        var reference = (await rig.AskAsync<Reply<ObjectList>>(rig.Gem, new ListObjects())).Value!.Objects[0];
        await file.DoAsync(new GemClose(dumb.Handle));

        // As the GEM core asks it that has not heard of the close yet.
        var open = new OpenHandle(new Holder(HolderKind.File, 77), new(1), ByName: true);
        var opened = await rig.AskAsync<HandleOpened>(reference.Object, open);
        Assert.Equal((Errno.ENOENT, null), (opened.Errno, opened.Object));
        await file.DoAsync(new Munmap(1));
        Assert.Equal(0, rig.Arena.Usage.Objects);
        await file.CloseAsync();
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

    protected override void AfterAll()
    {
        _goOn.Set();
        base.AfterAll();
    }

    private void Hold(DeviceRig rig, string callback) => rig.Driver.Entered = name =>
    {
        if (name == callback && _entered.TrySetResult())
            _goOn.Wait(Patience);
    };

    private static void Crash(DeviceRig rig, Descriptor descriptor) =>
        ((DmaBuf)rig.Descriptors.Find(descriptor)!).Exporter.Object.Tell(new InjectedCrash(CrashOnRequest.Instance), ActorRefs.NoSender);
}
