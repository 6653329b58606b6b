namespace DrmActors.Kms.Limits;

/// <summary>Source over target of a plane, in 16.16, as it stands on the screen. A side without pixels is not scaled.</summary>
internal readonly record struct PlaneScale(ulong Horizontal, ulong Vertical)
{
    public static PlaneScale Of(PlaneState plane)
    {
        var (width, height) = plane.IsTurned ? (plane.SrcH, plane.SrcW) : (plane.SrcW, plane.SrcH);
        return new PlaneScale(Factor(width, plane.CrtcW), Factor(height, plane.CrtcH));
    }

    // Rounded away from 1: a limit is never passed by a fraction.
    private static ulong Factor(ulong source, ulong target) =>
        target == 0 ? PlaneLimits.Unscaled
        : source > target << 16 ? (source + target - 1) / target
        : source / target;
}
