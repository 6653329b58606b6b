using System.Runtime.CompilerServices;

namespace DrmActors.Messages.Uapi;

/// <summary>What a card has: resources, encoders and connectors.</summary>
internal static class ResourcesCodec
{
    private static readonly ModeGetResources ResourcesCall = new();

    public static readonly ArgumentCodec GetResources =
        new ArgumentCodec<drm_mode_card_res, ModeGetResources, ModeResources>((in _, _) => ResourcesCall, EncodeResources);

    public static readonly ArgumentCodec GetEncoder =
        new ArgumentCodec<drm_mode_get_encoder, ModeGetEncoder, ModeEncoder>(
            (in a, _) => new ModeGetEncoder(new(a.encoder_id)),
            (ref a, reply, _) =>
            {
                a.encoder_id = reply.Id.Value;
                a.encoder_type = (uint)reply.Type;
                a.crtc_id = reply.Crtc.Value;
                a.possible_crtcs = reply.PossibleCrtcs;
                a.possible_clones = reply.PossibleClones;
                return Errno.None;
            });

    public static readonly ArgumentCodec GetConnector =
        new ArgumentCodec<drm_mode_get_connector, ModeGetConnector, ModeConnector>(
            (in a, _) => new ModeGetConnector(new(a.connector_id), a.count_modes == 0), EncodeConnector);

    // An array that cannot be written ends the call; the fields before it have their new values by then.
    private static Errno EncodeResources(ref drm_mode_card_res a, ModeResources reply, IClientMemory memory)
    {
        if (memory.WriteWhatFits(a.fb_id_ptr, ref a.count_fbs, reply.Framebuffers) != Errno.None)
        {
            return Errno.EFAULT;
        }

        a.min_width = reply.MinWidth;
        a.max_width = reply.MaxWidth;
        a.min_height = reply.MinHeight;
        a.max_height = reply.MaxHeight;
        return memory.WriteWhatFits(a.crtc_id_ptr, ref a.count_crtcs, reply.Crtcs) != Errno.None
            || memory.WriteWhatFits(a.encoder_id_ptr, ref a.count_encoders, reply.Encoders) != Errno.None
            || memory.WriteWhatFits(a.connector_id_ptr, ref a.count_connectors, reply.Connectors) != Errno.None
            ? Errno.EFAULT
            : Errno.None;
    }

    private static Errno EncodeConnector(ref drm_mode_get_connector a, ModeConnector reply, IClientMemory memory)
    {
        if (memory.WriteAllOrNone(a.encoders_ptr, ref a.count_encoders, reply.Encoders) != Errno.None)
        {
            return Errno.EFAULT;
        }

        a.connector_id = reply.Id.Value;
        a.connector_type = (uint)reply.Type;
        a.connector_type_id = reply.TypeId;
        a.mm_width = reply.WidthMm;
        a.mm_height = reply.HeightMm;

        // The kernel counts from 0 where libdrm, whose names these are, counts from 1.
        a.subpixel = (uint)reply.Subpixel - 1;
        a.connection = (uint)reply.Status;
        if (EncodeModes(ref a, reply, memory) != Errno.None)
        {
            return Errno.EFAULT;
        }

        a.encoder_id = reply.Encoder.Value;
        return PropertyCodec.WriteValues(memory, a.props_ptr, a.prop_values_ptr, ref a.count_props, reply.Properties);
    }

    /// <summary>All of the modes, or none where they do not fit.</summary>
    private static Errno EncodeModes(ref drm_mode_get_connector a, ModeConnector reply, IClientMemory memory)
    {
        ReadOnlySpan<ModeInfo> modes = reply.Modes.AsSpan();
        for (int i = 0; i < modes.Length && a.count_modes >= modes.Length; i++)
        {
            ulong address = a.modes_ptr + ((ulong)i * (ulong)Unsafe.SizeOf<drm_mode_modeinfo>());
            if (!memory.TryWriteArray(address, [ModeInfoCodec.Encode(modes[i])]))
            {
                return Errno.EFAULT;
            }
        }

        a.count_modes = (uint)modes.Length;
        return Errno.None;
    }
}
