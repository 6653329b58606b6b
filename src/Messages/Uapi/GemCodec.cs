namespace DrmActors.Messages.Uapi;

/// <summary>GEM handles and dumb buffers.</summary>
internal static class GemCodec
{
    public static readonly ArgumentCodec Close =
        new ArgumentCodec<drm_gem_close, GemClose, Done>((in a, _) => new GemClose(new(a.handle), a.pad));

    public static readonly ArgumentCodec Flink =
        new ArgumentCodec<drm_gem_flink, GemFlink, GemNamed>(
            (in a, _) => new GemFlink(new(a.handle)),
            (ref a, reply, _) =>
            {
                a.name = reply.Name.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec Open =
        new ArgumentCodec<drm_gem_open, GemOpen, GemOpened>(
            (in a, _) => new GemOpen(new(a.name)),
            (ref a, reply, _) =>
            {
                a.handle = reply.Handle.Value;
                a.size = reply.Size;
                return Errno.None;
            });

    public static readonly ArgumentCodec CreateDumb =
        new ArgumentCodec<drm_mode_create_dumb, ModeCreateDumb, DumbBuffer>(
            (in a, _) => new ModeCreateDumb(a.width, a.height, a.bpp, a.flags),
            (ref a, reply, _) =>
            {
                a.handle = reply.Handle.Value;
                a.pitch = reply.Pitch;
                a.size = reply.Size;
                return Errno.None;
            });

    public static readonly ArgumentCodec MapDumb =
        new ArgumentCodec<drm_mode_map_dumb, ModeMapDumb, MapOffset>(
            (in a, _) => new ModeMapDumb(new(a.handle)),
            (ref a, reply, _) =>
            {
                a.offset = reply.Offset;
                return Errno.None;
            });

    public static readonly ArgumentCodec DestroyDumb =
        new ArgumentCodec<drm_mode_destroy_dumb, ModeDestroyDumb, Done>((in a, _) => new ModeDestroyDumb(new(a.handle)));
}
