using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>CRTCs: read, set and flip.</summary>
internal static class CrtcCodec
{
    /// <summary>Connectors that a device can have: the kernel keeps them in masks of 32 bits.</summary>
    private const int MaxConnectors = 32;

    public static readonly ArgumentCodec GetCrtc =
        new ArgumentCodec<drm_mode_crtc, ModeGetCrtc, ModeCrtc>(
            (in a, _) => new ModeGetCrtc(new(a.crtc_id)),
            (ref a, reply, _) =>
            {
                a.fb_id = reply.Framebuffer.Value;
                a.x = reply.X;
                a.y = reply.Y;
                a.gamma_size = reply.GammaSize;
                a.mode_valid = reply.Mode is null ? 0u : 1u;
                if (reply.Mode is not null)
                {
                    a.mode = ModeInfoCodec.Encode(reply.Mode);
                }

                return Errno.None;
            });

    public static readonly ArgumentCodec SetCrtc = new ArgumentCodec<drm_mode_crtc, ModeSetCrtc, Done>(DecodeSet);

    public static readonly ArgumentCodec PageFlip =
        new ArgumentCodec<drm_mode_crtc_page_flip, ModePageFlip, Done>(
            (in a, _) => new ModePageFlip(new(a.crtc_id), new(a.fb_id), (PageFlipFlags)a.flags, a.user_data, a.reserved));

    private static IIoctl DecodeSet(in drm_mode_crtc a, IClientMemory memory)
    {
        ModeInfo? mode = a.mode_valid != 0 ? ModeInfoCodec.Decode(in a.mode) : null;
        var connectors = new ConnectorId[Math.Min(a.count_connectors, MaxConnectors + 1)];

        // The kernel refuses connectors without a mode, and more of them than there are, before it reads the list:
        // the device does so by the list's length, whatever stands in it.
        bool reads = mode is not null && connectors.Length <= MaxConnectors;
        bool fault = reads && !memory.TryReadArray<ConnectorId>(a.set_connectors_ptr, connectors);
        ImmutableArray<ConnectorId> list = ImmutableCollectionsMarshal.AsImmutableArray(connectors);
        var call = new ModeSetCrtc(new(a.crtc_id), new(a.fb_id), a.x, a.y, list, mode);
        return fault ? new RefusedIoctl(call, Errno.EFAULT) : call;
    }
}
