namespace DrmActors.Messages.Uapi;

/// <summary>Atomic commits and leases, as far as they are told apart: whoever has no right to them, and flags that cannot be.</summary>
internal static class AtomicCodec
{
    private static readonly ModeCreateLease CreateLeaseCall = new();
    private static readonly ModeListLessees ListLesseesCall = new();
    private static readonly ModeGetLease GetLeaseCall = new();
    private static readonly ModeRevokeLease RevokeLeaseCall = new();

    public static readonly ArgumentCodec Commit =
        new ArgumentCodec<drm_mode_atomic, ModeAtomic, Done>((in a, _) => new ModeAtomic((AtomicFlags)a.flags, a.reserved));

    public static readonly ArgumentCodec CreateLease =
        new ArgumentCodec<drm_mode_create_lease, ModeCreateLease, Done>((in _, _) => CreateLeaseCall);

    public static readonly ArgumentCodec ListLessees =
        new ArgumentCodec<drm_mode_list_lessees, ModeListLessees, Done>((in _, _) => ListLesseesCall);

    public static readonly ArgumentCodec GetLease =
        new ArgumentCodec<drm_mode_get_lease, ModeGetLease, Done>((in _, _) => GetLeaseCall);

    public static readonly ArgumentCodec RevokeLease =
        new ArgumentCodec<drm_mode_revoke_lease, ModeRevokeLease, Done>((in _, _) => RevokeLeaseCall);
}
