using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>SETPROPERTY and OBJ_SETPROPERTY: DPMS above all, and what is refused with the kernel's errno.</summary>
public sealed class SetPropertySpecs
{
    private static readonly PropertyId Dpms = StandardProperties.Dpms.Id;

    [Theory]
    [InlineData(98765u, ObjectType.Crtc, 24u, 0ul, Errno.ENOENT)] // no such object
    [InlineData(31u, ObjectType.Crtc, 8u, 0ul, Errno.ENOENT)] // of another type
    [InlineData(31u, ObjectType.Plane, 2u, 0ul, Errno.EINVAL)] // not its property
    [InlineData(31u, ObjectType.Plane, 8u, 0ul, Errno.EINVAL)] // immutable
    [InlineData(33u, ObjectType.Crtc, 24u, 2ul, Errno.EINVAL)] // out of range
    [InlineData(33u, ObjectType.Any, 24u, 1ul, Errno.None)]
    [InlineData(37u, ObjectType.Encoder, 24u, 1ul, Errno.EINVAL)]
    [InlineData(38u, ObjectType.Connector, 5u, 2ul, Errno.EINVAL)] // no such value
    [InlineData(38u, ObjectType.Connector, 5u, 1ul, Errno.None)]
    [InlineData(38u, ObjectType.Connector, 2u, 9ul, Errno.None)] // the one that takes anything
    public void Set_property_should_answer_as_the_kernel(uint id, ObjectType type, uint property, ulong value, Errno expected) =>
        Assert.Equal(expected, Builds.SetProperty(Dark, new(id, type, new(property), value), out _));

    [Fact]
    public void Dpms_off_should_let_the_crtc_sleep_with_its_mode()
    {
        var lit = Lit(out var shown);

        var asleep = Set(lit, Hdmi, Dpms, 3);

        Assert.Equal((false, FullHd), (asleep[asleep.Config.Crtcs[0]].Active, asleep[asleep.Config.Crtcs[0]].Mode));
        Assert.Equal(3ul, PropertySpecs.Value(asleep, Hdmi.Value, "DPMS"));
        Assert.Equal(0ul, PropertySpecs.Value(asleep, Big.Value, "ACTIVE"));
        var flip = new ModePageFlip(Big, shown, PageFlipFlags.None);
        Assert.Equal(Errno.EINVAL, Builds.PageFlip(asleep, flip, hasEventSpace: false, out _));

        var awake = Set(asleep, Hdmi, Dpms, 0);
        Assert.True(awake[awake.Config.Crtcs[0]].Active);
        Assert.Equal(Errno.None, Builds.PageFlip(awake, flip, hasEventSpace: false, out _));
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(9ul)]
    public void Dpms_should_take_every_other_value_for_off(ulong value) =>
        Assert.Equal(3ul, PropertySpecs.Value(Set(Lit(out _), Hdmi, Dpms, value), Hdmi.Value, "DPMS"));

    [Fact]
    public void Dpms_of_a_dark_connector_should_be_kept_until_it_is_lit()
    {
        var dark = Set(Dark.WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out var full), Hdmi, Dpms, 3);
        Assert.Equal(3ul, PropertySpecs.Value(dark, Hdmi.Value, "DPMS"));

        Assert.Equal(Errno.None, Builds.SetCrtc(dark, Light(Big, full, Hdmi, FullHd), out var lit));
        Assert.Equal(0ul, PropertySpecs.Value(lit, Hdmi.Value, "DPMS"));

        Assert.Equal(Errno.None, Builds.SetCrtc(lit, new ModeSetCrtc(Big, default, 0, 0, [], null), out var off));
        Assert.Equal(3ul, PropertySpecs.Value(off, Hdmi.Value, "DPMS"));
    }

    [Fact]
    public void A_crtc_should_stay_active_while_one_of_its_connectors_is_on()
    {
        var dark = Dark.WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out var shown);
        Assert.Equal(Errno.None, Builds.SetCrtc(dark, Light(Little, shown, Hdmi, FullHd) with { Connectors = [Hdmi, Edp] }, out var cloned));

        var one = Set(cloned, Hdmi, Dpms, 3);
        Assert.True(one[one.Config.Crtcs[1]].Active);
        Assert.False(Set(one, Edp, Dpms, 3)[one.Config.Crtcs[1]].Active);
    }

    [Fact]
    public void Good_link_should_not_become_bad_by_user_space()
    {
        var connector = Config.Find(Hdmi)!;
        Assert.Equal(0ul, PropertySpecs.Value(Set(Dark, Hdmi, StandardProperties.LinkStatus.Id, 1), Hdmi.Value, "link-status"));

        var bad = Dark.With(connector, Dark[connector] with { LinkBad = true });
        Assert.Equal(1ul, PropertySpecs.Value(bad, Hdmi.Value, "link-status"));
        Assert.Equal(0ul, PropertySpecs.Value(Set(bad, Hdmi, StandardProperties.LinkStatus.Id, 0), Hdmi.Value, "link-status"));
    }

    [Fact]
    public void Drivers_properties_should_keep_what_is_set()
    {
        var config = Config.AddProperty(Property.OfRange("max bpc", 8, 16), out var maxBpc).Attach(Hdmi, maxBpc, 16)
            .Attach(Hdmi, StandardProperties.HdrOutputMetadata, 0);
        var state = BlobChanges.Create(KmsState.Reset(config), TestBoard.File, [.. new byte[32]], out var metadata);
        state = BlobChanges.Create(state, TestBoard.File, [1], out var tooShort);

        Assert.Equal(16ul, PropertySpecs.Value(state, Hdmi.Value, "max bpc"));
        Assert.Equal(10ul, PropertySpecs.Value(Set(state, Hdmi, maxBpc.Id, 10), Hdmi.Value, "max bpc"));
        Assert.Equal(Errno.EINVAL, Builds.SetProperty(state, new(Hdmi.Value, ObjectType.Any, maxBpc.Id, 7), out _));
        var hdr = StandardProperties.HdrOutputMetadata.Id;
        Assert.Equal(Errno.EINVAL, Builds.SetProperty(state, new(Hdmi.Value, ObjectType.Any, hdr, tooShort.Value), out _));
        Assert.Equal(Errno.EINVAL, Builds.SetProperty(state, new(Hdmi.Value, ObjectType.Any, hdr, Big.Value), out _));
        Assert.Equal(metadata.Value, PropertySpecs.Value(Set(state, Hdmi, hdr, metadata.Value), Hdmi.Value, "HDR_OUTPUT_METADATA"));
    }

    private static KmsState Set(KmsState state, ConnectorId connector, PropertyId property, ulong value)
    {
        var call = SetPropertyCheck.Widen(new ModeSetProperty(connector, property, value));
        Assert.Equal(Errno.None, Builds.SetProperty(state, call, out var next));
        return next;
    }
}
