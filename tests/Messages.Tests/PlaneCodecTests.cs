using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class PlaneCodecTests
{
    private const ulong A = ClientMemory.Start;

    private static readonly Reply<ModePlane> Primary = Reply<ModePlane>.Success(new ModePlane(new(31), new(51), new(60), 1, [0x11, 0x22, 0x33]));

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Plane_resources_should_fill_what_fits()
    {
        var argument = new drm_mode_get_plane_res { plane_id_ptr = A, count_planes = 2 };
        Reply<ModePlaneResources> reply = Reply<ModePlaneResources>.Success(new ModePlaneResources([new(31), new(33), new(35)]));

        Ioctl.Decode<ModeGetPlaneResources, drm_mode_get_plane_res>(argument);
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetPlaneResources, drm_mode_get_plane_res>(reply, ref argument, _memory));
        Assert.Equal(3u, argument.count_planes);
        Assert.Equal([31u, 33u, 0u], _memory.Get<uint>(A, 3));

        argument.plane_id_ptr = ClientMemory.Unmapped;
        Assert.Equal(Errno.EFAULT, Ioctl.Encode<ModeGetPlaneResources, drm_mode_get_plane_res>(reply, ref argument, _memory));
    }

    [Fact]
    public void Plane_should_tell_its_formats_all_or_not_at_all()
    {
        var argument = new drm_mode_get_plane { plane_id = 31, format_type_ptr = A, count_format_types = 2, gamma_size = 9 };

        Assert.Equal(new ModeGetPlane(new(31)), Ioctl.Decode<ModeGetPlane, drm_mode_get_plane>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetPlane, drm_mode_get_plane>(Primary, ref argument, _memory));
        Assert.Equal(
            new drm_mode_get_plane { plane_id = 31, crtc_id = 51, fb_id = 60, possible_crtcs = 1, count_format_types = 3, format_type_ptr = A },
            argument);
        Assert.Equal([0u], _memory.Get<uint>(A, 1));

        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetPlane, drm_mode_get_plane>(Primary, ref argument, _memory));
        Assert.Equal([0x11u, 0x22u, 0x33u, 0u], _memory.Get<uint>(A, 4));
    }

    [Fact]
    public void Setting_a_plane_should_name_source_and_target()
    {
        var argument = new drm_mode_set_plane
        {
            plane_id = 31,
            crtc_id = 51,
            fb_id = 60,
            flags = 1,
            crtc_x = -2,
            crtc_y = 3,
            crtc_w = 4,
            crtc_h = 5,
            src_x = 6,
            src_y = 7,
            src_h = 8,
            src_w = 9,
        };

        Assert.Equal(
            new ModeSetPlane(new(31), new(51), new(60), -2, 3, 4, 5, SrcX: 6, SrcY: 7, SrcW: 9, SrcH: 8, Flags: 1),
            Ioctl.Decode<ModeSetPlane, drm_mode_set_plane>(argument));
    }

    [Fact]
    public void Cursor_should_be_the_same_with_and_without_a_hot_spot()
    {
        var cursor = new drm_mode_cursor { flags = 3, crtc_id = 51, x = -1, y = 2, width = 64, height = 32, handle = 7 };
        var cursor2 = new drm_mode_cursor2 { flags = 3, crtc_id = 51, x = -1, y = 2, width = 64, height = 32, handle = 7, hot_x = 4, hot_y = 5 };

        ModeCursor2 expected = new(CursorFlags.Bo | CursorFlags.Move, new(51), -1, 2, 64, 32, new(7));
        Assert.Equal(expected, Ioctl.Decode<ModeCursor, drm_mode_cursor>(cursor).Widen());
        Assert.Equal(expected with { HotX = 4, HotY = 5 }, Ioctl.Decode<ModeCursor2, drm_mode_cursor2>(cursor2));
    }
}
