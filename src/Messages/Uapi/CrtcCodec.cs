using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>CRTCs: read, set, flip, and their gamma tables.</summary>
internal static class CrtcCodec
{
    /// <summary>Connectors that a device can have: the kernel keeps them in masks of 32 bits.</summary>
    private const int MaxConnectors = 32;

    /// <summary>Entries of the largest gamma table that a board can have.</summary>
    private const uint MaxGammaSize = 4096;

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

    public static readonly ArgumentCodec GetGamma =
        new ArgumentCodec<drm_mode_crtc_lut, ModeGetGamma, GammaTable>(
            (in a, _) => new ModeGetGamma(new(a.crtc_id), a.gamma_size),
            (ref a, reply, memory) =>
                memory.TryWriteArray(a.red, reply.Red.AsSpan())
                && memory.TryWriteArray(a.green, reply.Green.AsSpan())
                && memory.TryWriteArray(a.blue, reply.Blue.AsSpan())
                    ? Errno.None
                    : Errno.EFAULT);

    // The kernel looks at CRTC and size before it reads a column, and the device does in that order what it is told of here.
    public static readonly ArgumentCodec SetGamma =
        new ArgumentCodec<drm_mode_crtc_lut, ModeSetGamma, Done>(
            (in a, memory) => new ModeSetGamma(
                new(a.crtc_id),
                a.gamma_size,
                new GammaTable(ReadColumn(memory, a.red, a.gamma_size), ReadColumn(memory, a.green, a.gamma_size), ReadColumn(memory, a.blue, a.gamma_size))));

    private static ImmutableArray<ushort> ReadColumn(IClientMemory memory, ulong address, uint size)
    {
        // A size that no CRTC has is refused whatever stands there.
        var column = new ushort[size <= MaxGammaSize ? size : 0];
        return memory.TryReadArray<ushort>(address, column) ? ImmutableCollectionsMarshal.AsImmutableArray(column) : [];
    }

    private static ModeSetCrtc DecodeSet(in drm_mode_crtc a, IClientMemory memory)
    {
        ModeInfo? mode = a.mode_valid != 0 ? ModeInfoCodec.Decode(in a.mode) : null;
        var connectors = new ConnectorId[Math.Min(a.count_connectors, MaxConnectors + 1)];

        // The kernel refuses connectors without a mode, and more of them than there are, before it reads the list:
        // the device does so by the list's length, whatever stands in it.
        bool reads = mode is not null && connectors.Length <= MaxConnectors;
        int read = reads ? memory.ReadStart<ConnectorId>(a.set_connectors_ptr, connectors) : connectors.Length;
        ImmutableArray<ConnectorId> list = ImmutableCollectionsMarshal.AsImmutableArray(connectors);
        return new ModeSetCrtc(new(a.crtc_id), new(a.fb_id), a.x, a.y, list, mode) { CutAt = read < list.Length ? read : null };
    }
}
