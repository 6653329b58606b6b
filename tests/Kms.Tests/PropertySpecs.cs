using System.Buffers.Binary;
using DrmActors.Hardware.Display;
using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>What objects tell of themselves in properties, and how those follow the state.</summary>
public sealed class PropertySpecs
{
    // The ids that a kernel's device shows: those of objects come behind them.
    [Theory]
    [InlineData(1, "EDID", PropertyFlags.Blob | PropertyFlags.Immutable)]
    [InlineData(2, "DPMS", PropertyFlags.Enum)]
    [InlineData(4, "TILE", PropertyFlags.Blob | PropertyFlags.Immutable)]
    [InlineData(5, "link-status", PropertyFlags.Enum)]
    [InlineData(6, "non-desktop", PropertyFlags.Range | PropertyFlags.Immutable)]
    [InlineData(8, "type", PropertyFlags.Enum | PropertyFlags.Immutable)]
    [InlineData(13, "CRTC_X", PropertyFlags.SignedRange | PropertyFlags.Atomic)]
    [InlineData(17, "FB_ID", PropertyFlags.Object | PropertyFlags.Atomic)]
    [InlineData(24, "VRR_ENABLED", PropertyFlags.Range)]
    [InlineData(30, "IN_FORMATS", PropertyFlags.Blob | PropertyFlags.Immutable)]
    public void Standard_properties_should_have_the_kernels_ids(uint id, string name, PropertyFlags flags)
    {
        var property = PropertyQueries.Property(Dark, new(id)).Value!;

        Assert.Equal((name, flags), (property.Name, property.Flags));
        Assert.Equal(31u, Config.Planes[0].Id.Value);
    }

    [Fact]
    public void Property_should_tell_what_values_it_takes()
    {
        Assert.Equal(["On", "Standby", "Suspend", "Off"], PropertyQueries.Property(Dark, new(2)).Value!.Enums.Select(e => e.Name));
        Assert.Equal([0ul, 1, 2, 3], PropertyQueries.Property(Dark, new(2)).Value!.Values.ToArray());
        Assert.Equal([0xffffffff80000000, 0x7fffffff], PropertyQueries.Property(Dark, new(13)).Value!.Values.ToArray());
        Assert.Equal([0xfbfbfbfb], PropertyQueries.Property(Dark, new(17)).Value!.Values.ToArray());
        Assert.Equal(Errno.ENOENT, PropertyQueries.Property(Dark, new(31)).Errno);
    }

    [Fact]
    public void Atomic_properties_should_be_hidden_from_who_does_not_understand_them()
    {
        var plane = new ModeObjGetProperties(Config.Planes[0].Id.Value, ObjectType.Plane);

        Assert.Equal(["type", "IN_FORMATS"], Names(Dark, plane, atomic: false));
        Assert.Equal(
            ["type", "FB_ID", "IN_FENCE_FD", "CRTC_ID", "CRTC_X", "CRTC_Y", "CRTC_W", "CRTC_H", "SRC_X", "SRC_Y", "SRC_W", "SRC_H", "IN_FORMATS"],
            Names(Dark, plane, atomic: true));
        Assert.Equal(["VRR_ENABLED", "GAMMA_LUT", "GAMMA_LUT_SIZE"], Names(Dark, new(Big.Value, ObjectType.Crtc), atomic: false));
        Assert.Equal(
            ["EDID", "DPMS", "link-status", "non-desktop", "TILE", "CRTC_ID"], Names(Dark, new(Hdmi.Value, ObjectType.Any), atomic: true));
        Assert.Equal(5, ModeQueries.Connector(Dark, Hdmi, default).Value!.Properties.Length);
        Assert.Equal(6, ModeQueries.Connector(Dark, Hdmi, new ModeClient(Atomic: true)).Value!.Properties.Length);
    }

    [Fact]
    public void Objects_without_properties_should_be_refused()
    {
        Errno Refusal(uint id, ObjectType type) => PropertyQueries.OfObject(Dark, new(id, type), atomic: true).Errno;

        Assert.Equal(Errno.ENOENT, Refusal(98765, ObjectType.Crtc));
        Assert.Equal(Errno.ENOENT, Refusal(Big.Value, ObjectType.Plane));
        Assert.Equal(Errno.EINVAL, Refusal(Config.Encoders[0].Id.Value, ObjectType.Encoder));
        Assert.Equal(Errno.EINVAL, Refusal(2, ObjectType.Property));
        Assert.Equal(Errno.EINVAL, Refusal(32, ObjectType.Blob));
    }

    [Fact]
    public void Atomic_properties_should_follow_the_state()
    {
        var lit = Lit(out var shown);

        Assert.Equal(shown.Value, Value(lit, Config.Planes[0].Id.Value, "FB_ID"));
        Assert.Equal(Big.Value, Value(lit, Config.Planes[0].Id.Value, "CRTC_ID"));
        Assert.Equal(1920ul, Value(lit, Config.Planes[0].Id.Value, "CRTC_W"));
        Assert.Equal(1920ul << 16, Value(lit, Config.Planes[0].Id.Value, "SRC_W"));
        Assert.Equal(ulong.MaxValue, Value(lit, Config.Planes[0].Id.Value, "IN_FENCE_FD"));
        Assert.Equal(1ul, Value(lit, Big.Value, "ACTIVE"));
        Assert.Equal(Big.Value, Value(lit, Hdmi.Value, "CRTC_ID"));
        var moved = lit.With(Config.Planes[0], lit[Config.Planes[0]] with { CrtcX = -5 });
        Assert.Equal(-5, (long)Value(moved, Config.Planes[0].Id.Value, "CRTC_X"));
    }

    [Fact]
    public void Mode_should_be_a_blob_that_goes_with_it()
    {
        var lit = Lit(out var shown);
        var id = new BlobId((uint)Value(lit, Big.Value, "MODE_ID"));

        var data = PropertyQueries.Blob(lit, id).Value!.Data;
        Assert.Equal((68, 148500u), (data.Length, BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan())));
        Assert.Equal(Errno.None, Builds.SetCrtc(lit, Light(Big, shown, Hdmi, FullHd), out var same));
        Assert.Equal(id.Value, Value(same, Big.Value, "MODE_ID"));
        Assert.Equal(Errno.None, Builds.SetCrtc(lit, new ModeSetCrtc(Big, default, 0, 0, [], null), out var dark));
        Assert.Equal(0ul, Value(dark, Big.Value, "MODE_ID"));
        Assert.Equal(Errno.ENOENT, PropertyQueries.Blob(dark, id).Errno);
    }

    [Fact]
    public void Edid_should_be_a_blob_of_the_last_probe()
    {
        var connector = Config.Find(Hdmi)!;
        var first = ConnectorProbe.Apply(Dark, connector, new ProbeResult(ConnectorStatus.Connected, DefaultMonitor.Edid), out _);
        var id = new BlobId((uint)Value(first, Hdmi.Value, "EDID"));
        Assert.Equal(DefaultMonitor.Edid.ToArray(), PropertyQueries.Blob(first, id).Value!.Data.ToArray());

        var second = ConnectorProbe.Apply(first, connector, new ProbeResult(ConnectorStatus.Connected, DefaultMonitor.Edid), out _);
        Assert.NotEqual(id.Value, Value(second, Hdmi.Value, "EDID"));
        Assert.Equal(Errno.ENOENT, PropertyQueries.Blob(second, id).Errno);

        var gone = ConnectorProbe.Apply(second, connector, new ProbeResult(ConnectorStatus.Disconnected, []), out _);
        Assert.Equal(0ul, Value(gone, Hdmi.Value, "EDID"));
    }

    [Fact]
    public void Planes_should_be_hidden_from_who_does_not_understand_them()
    {
        var config = Config.AddPlane(PlaneType.Overlay, 1, [1], out var overlay).AddPlane(PlaneType.Cursor, 1, [1], out _);
        var state = KmsState.Reset(config);

        Assert.Equal([overlay], ModeQueries.PlaneResources(state, default).Planes.ToArray());
        Assert.Equal(config.Planes.Select(p => p.Id), ModeQueries.PlaneResources(state, new ModeClient(UniversalPlanes: true)).Planes);
        Assert.Equal(Errno.None, ModeQueries.Plane(state, config.Planes[0].Id).Errno);
        Assert.Equal(Errno.ENOENT, ModeQueries.Plane(state, new(Big.Value)).Errno);
    }

    [Fact]
    public void Plane_should_tell_what_it_shows()
    {
        var lit = Lit(out var shown);

        var plane = ModeQueries.Plane(lit, Config.Planes[0].Id).Value!;
        Assert.Equal((Big, shown, 1u, 3), (plane.Crtc, plane.Framebuffer, plane.PossibleCrtcs, plane.Formats.Length));
    }

    [Fact]
    public void Writeback_connectors_should_be_hidden_from_who_does_not_understand_them()
    {
        var config = Config.AddConnector(ConnectorType.Writeback, [Config.Encoders[0].Id], 0, out var writeback);
        var state = KmsState.Reset(config);

        Assert.DoesNotContain(writeback, ModeQueries.Resources(state, 0, default).Connectors);
        Assert.Contains(writeback, ModeQueries.Resources(state, 0, new ModeClient(Writeback: true)).Connectors);
        Assert.Equal(Errno.None, ModeQueries.Connector(state, writeback, default).Errno);
    }

    internal static ulong Value(KmsState state, uint id, string name)
    {
        var values = PropertyQueries.OfObject(state, new(id, ObjectType.Any), atomic: true).Value!.Properties;
        return values.Single(v => PropertyQueries.Property(state, v.Property).Value!.Name == name).Value;
    }

    private static IEnumerable<string> Names(KmsState state, ModeObjGetProperties call, bool atomic) =>
        PropertyQueries.OfObject(state, call, atomic).Value!.Properties.Select(p => PropertyQueries.Property(state, p.Property).Value!.Name);
}
