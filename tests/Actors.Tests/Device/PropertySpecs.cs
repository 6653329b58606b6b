using Akka.TestKit.Xunit2;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Properties, blobs and planes through an open file, with commits that reach the VOP.</summary>
public sealed class PropertySpecs : TestKit
{
    private const ulong DpmsOff = 3;
    private static readonly PropertyId Dpms = new(2);

    [Fact]
    public async Task Dpms_should_switch_the_picture_off_and_on_again()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var shown = await file.AddFramebufferAsync();
        await file.LightAsync(shown);

        await file.DoAsync(new ModeSetProperty(rig.Hdmi, Dpms, DpmsOff));
        Assert.Equal(DpmsOff, await ValueAsync(file, rig.Hdmi.Value, Dpms));
        await file.RefusedAsync(Errno.EINVAL, new ModePageFlip(rig.Crtc, shown, PageFlipFlags.None));
        await file.RefusedAsync(Errno.EINVAL, new WaitVblank(VblankFlags.Relative, 1));
        Assert.NotNull((await file.DoAsync(new ModeGetCrtc(rig.Crtc))).Mode);

        var on = file.CallAsync(new ModeObjSetProperty(rig.Hdmi.Value, ObjectType.Connector, Dpms, 0));
        Assert.Equal(Errno.None, (await rig.WithVblanksAsync(on)).Errno);
        await file.DoAsync(new ModePageFlip(rig.Crtc, shown, PageFlipFlags.None));
        await rig.VblankAsync();
        await file.CloseAsync();
    }

    [Fact]
    public async Task Only_the_master_should_set_properties_and_anybody_read_them()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var master = await rig.OpenAsync();
        var other = await rig.OpenAsync(processId: 2);

        await other.RefusedAsync(Errno.EACCES, new ModeSetProperty(rig.Hdmi, Dpms, DpmsOff));
        await other.RefusedAsync(Errno.EACCES, new ModeObjSetProperty(rig.Hdmi.Value, ObjectType.Connector, Dpms, DpmsOff));
        Assert.Equal(0ul, await ValueAsync(other, rig.Hdmi.Value, Dpms));
        Assert.Equal("DPMS", (await other.DoAsync(new ModeGetProperty(Dpms))).Name);
        await other.CloseAsync();
        await master.CloseAsync();
    }

    [Fact]
    public async Task A_files_blobs_should_end_with_it()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        var other = await rig.OpenAsync(processId: 2);

        var blob = (await other.DoAsync(new ModeCreatePropBlob([1, 2]))).Blob;
        Assert.Equal([1, 2], (await file.DoAsync(new ModeGetPropBlob(blob))).Data.ToArray());
        await file.RefusedAsync(Errno.EPERM, new ModeDestroyPropBlob(blob));
        await other.CloseAsync();
        await file.RefusedAsync(Errno.ENOENT, new ModeGetPropBlob(blob));
        await file.RefusedAsync(Errno.ENOENT, new ModeDestroyPropBlob(blob));
        await file.CloseAsync();
    }

    [Fact]
    public async Task Capabilities_should_open_what_a_client_understands()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();

        Assert.Equal(2, (await file.DoAsync(new ModeGetPlaneResources())).Planes.Length);
        await file.DoAsync(new SetClientCap(ClientCapability.UniversalPlanes, 1));
        Assert.Equal(4, (await file.DoAsync(new ModeGetPlaneResources())).Planes.Length);
        var plane = (await file.DoAsync(new ModeGetPlaneResources())).Planes[0];
        Assert.Equal(14, (await file.DoAsync(new ModeGetPlane(plane))).Formats.Length);
        Assert.Equal(3, (await file.DoAsync(new ModeObjGetProperties(plane.Value, ObjectType.Plane))).Properties.Length);
        await file.DoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        Assert.Equal(14, (await file.DoAsync(new ModeObjGetProperties(plane.Value, ObjectType.Plane))).Properties.Length);
        await file.CloseAsync();
    }

    private static async Task<ulong> ValueAsync(OpenFile file, uint id, PropertyId property) =>
        (await file.DoAsync(new ModeObjGetProperties(id, ObjectType.Any))).Properties.Single(p => p.Property == property).Value;
}
