namespace DrmActors.Messages.Uapi;

/// <summary>Planes: listed, read and set.</summary>
internal static class PlaneCodec
{
    private static readonly ModeGetPlaneResources ResourcesCall = new();

    public static readonly ArgumentCodec GetResources =
        new ArgumentCodec<drm_mode_get_plane_res, ModeGetPlaneResources, ModePlaneResources>(
            (in _, _) => ResourcesCall,
            (ref a, reply, memory) => memory.WriteWhatFits(a.plane_id_ptr, ref a.count_planes, reply.Planes));

    public static readonly ArgumentCodec GetPlane =
        new ArgumentCodec<drm_mode_get_plane, ModeGetPlane, ModePlane>(
            (in a, _) => new ModeGetPlane(new(a.plane_id)),
            (ref a, reply, memory) =>
            {
                a.crtc_id = reply.Crtc.Value;
                a.fb_id = reply.Framebuffer.Value;
                a.plane_id = reply.Id.Value;
                a.possible_crtcs = reply.PossibleCrtcs;
                a.gamma_size = 0;
                return memory.WriteAllOrNone(a.format_type_ptr, ref a.count_format_types, reply.Formats);
            });

    public static readonly ArgumentCodec SetPlane =
        new ArgumentCodec<drm_mode_set_plane, ModeSetPlane, Done>(
            (in a, _) => new ModeSetPlane(
                new(a.plane_id), new(a.crtc_id), new(a.fb_id), a.crtc_x, a.crtc_y, a.crtc_w, a.crtc_h,
                a.src_x, a.src_y, a.src_w, a.src_h, a.flags));
}
