namespace DrmActors.Messages.Uapi;

/// <summary>Waits for a vblank.</summary>
internal static class VblankCodec
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static readonly ArgumentCodec Wait =
        new ArgumentCodec<drm_wait_vblank, WaitVblank, VblankReply>(
            (in a, _) => new WaitVblank((VblankFlags)a.request.type, a.request.sequence, a.request.signal), EncodeWait);

    public static readonly ArgumentCodec GetSequence =
        new ArgumentCodec<drm_crtc_get_sequence, CrtcGetSequence, CrtcSequence>(
            (in a, _) => new CrtcGetSequence(new(a.crtc_id)),
            (ref a, reply, _) =>
            {
                a.active = reply.Active ? 1u : 0u;
                a.sequence = reply.Sequence;
                a.sequence_ns = reply.Time;
                return Errno.None;
            });

    public static readonly ArgumentCodec QueueSequence =
        new ArgumentCodec<drm_crtc_queue_sequence, CrtcQueueSequence, SequenceQueued>(
            (in a, _) => new CrtcQueueSequence(new(a.crtc_id), (SequenceFlags)a.flags, a.sequence, a.user_data),
            (ref a, reply, _) =>
            {
                a.sequence = reply.Sequence;
                return Errno.None;
            });

    /// <summary>A relative wait comes back as an absolute one, so that it can be repeated after a signal.</summary>
    private static Errno EncodeWait(ref drm_wait_vblank a, VblankReply reply, IClientMemory memory)
    {
        a.reply.type &= ~(uint)(reply.IsNext ? VblankFlags.Relative | VblankFlags.NextOnMiss : VblankFlags.Relative);
        a.reply.sequence = reply.Sequence;
        if (reply.Time != 0)
        {
            a.reply.tval_sec = (uint)(reply.Time / NanosecondsPerSecond);
            a.reply.tval_usec = reply.Time % NanosecondsPerSecond / 1000;
        }

        return Errno.None;
    }
}
