namespace DrmActors.Messages.Uapi;

/// <summary>Fences by hand.</summary>
internal static class VgemCodec
{
    public static readonly ArgumentCodec Attach =
        new ArgumentCodec<vgem_fence_attach, VgemFenceAttach, VgemFenceAttached>(
            (in a, _) => new VgemFenceAttach(new(a.handle), a.flags, a.pad),
            (ref a, reply, _) =>
            {
                a.out_fence = reply.Fence;
                return Errno.None;
            });

    public static readonly ArgumentCodec Signal =
        new ArgumentCodec<vgem_fence_signal, VgemFenceSignal, Done>((in a, _) => new VgemFenceSignal(a.fence, a.flags));
}
