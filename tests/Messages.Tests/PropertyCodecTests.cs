using System.Text;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class PropertyCodecTests
{
    private const ulong A = ClientMemory.Start;
    private const ulong B = ClientMemory.Start + 1024;

    private static readonly Reply<ModeProperty> Type = Reply<ModeProperty>.Success(new ModeProperty(
        new(8), "type", PropertyFlags.Immutable | PropertyFlags.Enum, [0, 1], [new(0, "Overlay"), new(1, "Primary")]));

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Property_should_tell_name_flags_and_true_counts()
    {
        var argument = new drm_mode_get_property { prop_id = 8 };

        Assert.Equal(new ModeGetProperty(new(8)), Ioctl.Decode<ModeGetProperty, drm_mode_get_property>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetProperty, drm_mode_get_property>(Type, ref argument));
        Assert.Equal((12u, 2u, 2u), (argument.flags, argument.count_values, argument.count_enum_blobs));
        Assert.Equal("type", Encoding.ASCII.GetString(argument.name).TrimEnd('\0'));
    }

    [Fact]
    public void Property_should_fill_what_fits_of_values_and_of_names()
    {
        var argument = new drm_mode_get_property { values_ptr = A, count_values = 1, enum_blob_ptr = B, count_enum_blobs = 1 };

        _memory.Put(A, ulong.MaxValue, ulong.MaxValue);
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetProperty, drm_mode_get_property>(Type, ref argument, _memory));
        Assert.Equal([0ul, ulong.MaxValue], _memory.Get<ulong>(A, 2));
        drm_mode_property_enum[] names = _memory.Get<drm_mode_property_enum>(B, 2);
        Assert.Equal("Overlay", Encoding.ASCII.GetString(names[0].name).TrimEnd('\0'));
        Assert.Equal(0, names[1].name[0]);
    }

    [Theory]
    [InlineData(PropertyFlags.Range, 7)] // left as it came
    [InlineData(PropertyFlags.Blob, 0)]
    [InlineData(PropertyFlags.Bitmask, 0)]
    public void Property_should_count_names_as_its_kind_does(PropertyFlags kind, uint expected)
    {
        var argument = new drm_mode_get_property { count_enum_blobs = 7 };
        Reply<ModeProperty> reply = Reply<ModeProperty>.Success(new ModeProperty(new(1), "x", kind, [], []));

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetProperty, drm_mode_get_property>(reply, ref argument));
        Assert.Equal(expected, argument.count_enum_blobs);
    }

    [Fact]
    public void Property_with_a_name_that_is_too_long_should_end_in_a_nul()
    {
        var argument = default(drm_mode_get_property);
        Reply<ModeProperty> reply = Reply<ModeProperty>.Success(new ModeProperty(new(1), new string('x', 40), PropertyFlags.Range, [], []));

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetProperty, drm_mode_get_property>(reply, ref argument));
        Assert.Equal(new string('x', 31) + '\0', Encoding.ASCII.GetString(argument.name));
    }

    [Fact]
    public void Object_properties_should_fill_what_fits()
    {
        var argument = new drm_mode_obj_get_properties { obj_id = 31, obj_type = 0xeeeeeeee, props_ptr = A, prop_values_ptr = B, count_props = 1 };
        Reply<ModeObjProperties> reply = Reply<ModeObjProperties>.Success(new ModeObjProperties([new(new(8), 1), new(new(30), 32)]));

        Assert.Equal(
            new ModeObjGetProperties(31, ObjectType.Plane), Ioctl.Decode<ModeObjGetProperties, drm_mode_obj_get_properties>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeObjGetProperties, drm_mode_obj_get_properties>(reply, ref argument, _memory));
        Assert.Equal(2u, argument.count_props);
        Assert.Equal([8u, 0u], _memory.Get<uint>(A, 2));
        Assert.Equal([1ul, 0ul], _memory.Get<ulong>(B, 2));
    }

    [Fact]
    public void Setting_should_name_object_property_and_value()
    {
        Assert.Equal(
            new ModeSetProperty(new(52), new(2), 3),
            Ioctl.Decode<ModeSetProperty, drm_mode_connector_set_property>(new() { value = 3, prop_id = 2, connector_id = 52 }));
        Assert.Equal(
            new ModeObjSetProperty(51, ObjectType.Crtc, new(24), 1),
            Ioctl.Decode<ModeObjSetProperty, drm_mode_obj_set_property>(new() { value = 1, prop_id = 24, obj_id = 51, obj_type = 0xcccccccc }));
    }
}
