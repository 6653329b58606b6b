using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Framebuffers: added, removed, damaged.</summary>
internal static class FramebufferCodec
{
    public static readonly ArgumentCodec AddFb =
        new ArgumentCodec<drm_mode_fb_cmd, ModeAddFb, FramebufferAdded>(
            (in a, _) => new ModeAddFb(a.width, a.height, a.pitch, a.bpp, a.depth, new(a.handle)),
            (ref a, reply, _) =>
            {
                a.fb_id = reply.Id.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec AddFb2 =
        new ArgumentCodec<drm_mode_fb_cmd2, ModeAddFb2, FramebufferAdded>(
            (in a, _) => new ModeAddFb2(a.width, a.height, a.pixel_format, (FramebufferFlags)a.flags, Planes(in a)),
            (ref a, reply, _) =>
            {
                a.fb_id = reply.Id.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec GetFb =
        new ArgumentCodec<drm_mode_fb_cmd, ModeGetFb, ModeFb>(
            (in a, _) => new ModeGetFb(new(a.fb_id)),
            (ref a, reply, _) =>
            {
                a.width = reply.Width;
                a.height = reply.Height;
                a.pitch = reply.Pitch;
                a.bpp = reply.Bpp;
                a.depth = reply.Depth;
                a.handle = reply.Handle.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec GetFb2 =
        new ArgumentCodec<drm_mode_fb_cmd2, ModeGetFb2, ModeFb2>((in a, _) => new ModeGetFb2(new(a.fb_id)), EncodeFb2);

    public static readonly ArgumentCodec RmFb =
        new ArgumentCodec<uint, ModeRmFb, Done>((in id, _) => new ModeRmFb(new(id)));

    public static readonly ArgumentCodec CloseFb =
        new ArgumentCodec<drm_mode_closefb, ModeCloseFb, Done>((in a, _) => new ModeCloseFb(new(a.fb_id), a.pad));

    public static readonly ArgumentCodec DirtyFb = new ArgumentCodec<drm_mode_fb_dirty_cmd, ModeDirtyFb, Done>(DecodeDirty);

    /// <summary>A list of a length that no call may have.</summary>
    private static readonly ImmutableArray<ClipRect> TooManyClips =
        ImmutableCollectionsMarshal.AsImmutableArray(new ClipRect[ModeDirtyFb.MaxClips + 1]);

    private static ImmutableArray<FramebufferPlane> Planes(in drm_mode_fb_cmd2 a)
    {
        var planes = new FramebufferPlane[4];
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = new FramebufferPlane(new(a.handles[i]), a.pitches[i], a.offsets[i], a.modifier[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(planes);
    }

    private static Errno EncodeFb2(ref drm_mode_fb_cmd2 a, ModeFb2 reply, IClientMemory memory)
    {
        a.width = reply.Width;
        a.height = reply.Height;
        a.pixel_format = reply.PixelFormat;
        a.flags = (uint)reply.Flags;
        for (int i = 0; i < reply.Planes.Length; i++)
        {
            a.handles[i] = reply.Planes[i].Handle.Value;
            a.pitches[i] = reply.Planes[i].Pitch;
            a.offsets[i] = reply.Planes[i].Offset;
            a.modifier[i] = reply.Planes[i].Modifier;
        }

        return Errno.None;
    }

    private static ModeDirtyFb DecodeDirty(in drm_mode_fb_dirty_cmd a, IClientMemory memory)
    {
        ModeDirtyFb Call(in drm_mode_fb_dirty_cmd a, ImmutableArray<ClipRect> clips) =>
            new(new(a.fb_id), (DirtyFlags)a.flags, a.color, clips);

        // A count without a list, or a list without a count, is refused where too many clips are: after the framebuffer.
        if (a.num_clips > ModeDirtyFb.MaxClips || (a.num_clips == 0) != (a.clips_ptr == 0))
        {
            return Call(in a, TooManyClips);
        }

        var clips = new ClipRect[a.num_clips];
        bool fault = !memory.TryReadArray<ClipRect>(a.clips_ptr, clips);
        return Call(in a, ImmutableCollectionsMarshal.AsImmutableArray(clips)) with { IsCut = fault };
    }
}
