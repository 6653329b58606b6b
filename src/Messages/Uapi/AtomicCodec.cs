namespace DrmActors.Messages.Uapi;

/// <summary>Atomic commits, as far as they are told apart: whoever has no right to them, and flags that cannot be.</summary>
internal static class AtomicCodec
{
    public static readonly ArgumentCodec Commit =
        new ArgumentCodec<drm_mode_atomic, ModeAtomic, Done>((in a, _) => new ModeAtomic((AtomicFlags)a.flags, a.reserved));
}
