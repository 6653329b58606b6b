using Akka.TestKit.Xunit2;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Actors.Tests.Device;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Gem;

/// <summary>An object that is asked for its memory gives it up where nobody needs it, and then all of it; else it keeps every byte.</summary>
public sealed class EvictSpecs : TestKit
{
    private const byte Drawn = 0x5a;

    [Fact]
    public async Task What_nobody_needs_should_go_with_its_memory_for_good()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, reference) = await DrawAsync(rig);
        Assert.True(await AdviseAsync(rig, reference, isNeeded: false));
        Assert.True(rig.Arena.ResidentBytes(reference.Block) > 0);

        Assert.True(await EvictAsync(rig, reference));

        Assert.Equal(0, rig.Arena.ResidentBytes(reference.Block));
        Assert.False(await EvictAsync(rig, reference));
        Assert.False(await AdviseAsync(rig, reference, isNeeded: true));
        Assert.False(await EvictAsync(rig, reference));
        await file.CloseAsync();
    }

    /// <summary>It may have been asked just before its client said so.</summary>
    [Fact]
    public async Task What_is_needed_again_should_stay()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, reference) = await DrawAsync(rig);
        await StaysAsync(rig, reference);
        await AdviseAsync(rig, reference, isNeeded: false);
        await AdviseAsync(rig, reference, isNeeded: true);
        await StaysAsync(rig, reference);
        await file.CloseAsync();
    }

    [Fact]
    public async Task What_is_mapped_should_stay_until_the_last_mapping_has_gone()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, reference) = await DrawAsync(rig);
        await AdviseAsync(rig, reference, isNeeded: false);
        var at = await file.DoAsync(new ModeMapDumb(new(1)));
        var one = await file.DoAsync(new Mmap(at.Offset, 4096));
        var other = await file.DoAsync(new Mmap(at.Offset, 4096));
        await StaysAsync(rig, reference);
        await file.DoAsync(new Munmap(one.MappingId));
        await StaysAsync(rig, reference);
        await file.DoAsync(new Munmap(other.MappingId));
        Assert.True(await EvictAsync(rig, reference));
        await file.CloseAsync();
    }

    [Fact]
    public async Task What_a_framebuffer_shows_should_stay()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, reference) = await DrawAsync(rig);
        await AdviseAsync(rig, reference, isNeeded: false);
        var framebuffer = (await file.DoAsync(new ModeAddFb(64, 64, 256, 32, 24, new(1)))).Id;
        await StaysAsync(rig, reference);
        await file.DoAsync(new ModeRmFb(framebuffer));
        Assert.True(await EvictAsync(rig, reference));
        await file.CloseAsync();
    }

    [Fact]
    public async Task What_has_a_dma_buf_should_stay()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, reference) = await DrawAsync(rig);
        await AdviseAsync(rig, reference, isNeeded: false);
        var descriptor = (await file.DoAsync(new PrimeHandleToFd(new(1), PrimeFlags.ReadWrite))).Descriptor;
        await StaysAsync(rig, reference);
        rig.Descriptors.Close(descriptor);
        // The next export gives it again.
        await StaysAsync(rig, reference);
        await file.CloseAsync();
    }

    /// <summary>It is the exporter's to ask, and is pinned there.</summary>
    [Fact]
    public async Task What_another_device_has_should_stay_there_and_here()
    {
        await using var exporter = await DeviceRig.StartAsync(Sys);
        await using var importer = await DeviceRig.StartAsync(Sys, beside: exporter);
        var (source, own) = await DrawAsync(exporter);
        var descriptor = (await source.DoAsync(new PrimeHandleToFd(new(1), PrimeFlags.ReadWrite))).Descriptor;
        var file = await importer.OpenAsync();
        await file.DoAsync(new PrimeFdToHandle(descriptor));
        exporter.Descriptors.Close(descriptor);
        var imported = await ObjectAsync(importer);
        foreach (var (rig, reference) in ((DeviceRig, GemReference)[])[(exporter, own), (importer, imported)])
        {
            await AdviseAsync(rig, reference, isNeeded: false);
            await StaysAsync(rig, reference);
        }

        await file.CloseAsync();
        await source.CloseAsync();
    }

    [Theory]
    [InlineData(nameof(FenceUsage.Kernel))]
    [InlineData(nameof(FenceUsage.Write))]
    [InlineData(nameof(FenceUsage.Read))]
    [InlineData(nameof(FenceUsage.Bookkeep))]
    public async Task What_somebody_is_about_to_use_should_stay_until_that_is_over(string usage)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var (file, reference) = await DrawAsync(rig);
        await AdviseAsync(rig, reference, isNeeded: false);
        var job = new Fence("test", "job", context: 1, sequence: 1);
        reference.Reservation.Add(job, Enum.Parse<FenceUsage>(usage));
        await StaysAsync(rig, reference);
        job.Signal(time: 1);
        Assert.True(await EvictAsync(rig, reference));
        await file.CloseAsync();
    }

    private static async Task<(OpenFile File, GemReference Object)> DrawAsync(DeviceRig rig)
    {
        var file = await rig.OpenAsync();
        await file.DoAsync(new ModeCreateDumb(64, 64, 32));
        var reference = await ObjectAsync(rig);
        rig.Arena.Span(reference.Block).Fill(Drawn);
        return (file, reference);
    }

    private static async Task<GemReference> ObjectAsync(DeviceRig rig) =>
        Assert.Single((await rig.AskAsync<Reply<ObjectList>>(rig.Gem, new ListObjects())).Value!.Objects);

    private static async Task<bool> AdviseAsync(DeviceRig rig, GemReference reference, bool isNeeded) =>
        (await rig.AskAsync<Reply<ObjectAdvised>>(reference.Object, new AdviseObject(new(1), isNeeded))).Value!.IsRetained;

    private static async Task<bool> EvictAsync(DeviceRig rig, GemReference reference) =>
        (await rig.AskAsync<ObjectEvicted>(reference.Object, EvictObject.Instance)).IsPurged;

    private static async Task StaysAsync(DeviceRig rig, GemReference reference)
    {
        Assert.False(await EvictAsync(rig, reference));
        Assert.Equal(-1, rig.Arena.Span(reference.Block).IndexOfAnyExcept(Drawn));
    }
}
