using Akka.TestKit.Xunit2;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Buffers that are exported and imported, and what their drivers hear of it.</summary>
public abstract class PrimeSpec : TestKit
{
    private protected static readonly ModeCreateDumb Small = new(64, 64, 32);

    /// <summary>What the exporter's driver hears of one import, each.</summary>
    private protected static readonly string[] Steps = ["attach", "pin", "sg table"];

    /// <summary>A small buffer, the first of its file, and its dma-buf.</summary>
    private protected static async Task<(OpenFile File, Descriptor Descriptor)> ExportAsync(DeviceRig rig)
    {
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(Small);
        return (file, (await file.DoAsync(new PrimeHandleToFd(dumb.Handle, PrimeFlags.ReadWrite))).Descriptor);
    }

    /// <summary>The last that held memory of a device. Of a descriptor that is closed its object hears some time.</summary>
    private protected async Task CloseAsync(DeviceRig rig, Descriptor descriptor, params OpenFile[] files)
    {
        rig.Descriptors.Close(descriptor);
        foreach (var file in files)
            await file.CloseAsync();
        AwaitAssert(() => Assert.Equal(0, rig.Arena.Usage.Pages));
    }
}
