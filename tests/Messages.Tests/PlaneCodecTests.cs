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
}
