namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Which way a plane is read.</summary>
internal static class Orientation
{
    /// <summary>
    /// The source along the destination's rows and along its columns. Turned counter-clockwise by a quarter, the source's right edge is on
    /// top; the reflections happen before that.
    /// </summary>
    internal static (Axis Across, Axis Down, bool IsTransposed) Axes(PlaneInput input)
    {
        var mirrorsX = Has(input, Rotation.ReflectX);
        var mirrorsY = Has(input, Rotation.ReflectY);
        var turnsX = Has(input, Rotation.Rotate90) || Has(input, Rotation.Rotate180);
        var turnsY = Has(input, Rotation.Rotate180) || Has(input, Rotation.Rotate270);
        var isTransposed = Has(input, Rotation.Rotate90) || Has(input, Rotation.Rotate270);
        var x = new Axis(input.SrcX, input.SrcW, isTransposed ? input.CrtcH : input.CrtcW, turnsX != mirrorsX, input.Filter);
        var y = new Axis(input.SrcY, input.SrcH, isTransposed ? input.CrtcW : input.CrtcH, turnsY != mirrorsY, input.Filter);
        return isTransposed ? (y, x, true) : (x, y, false);
    }

    /// <summary>Each pixel of the source rectangle is one of the destination, in the same order.</summary>
    internal static bool IsPlain(PlaneInput input)
    {
        var (across, down, isTransposed) = Axes(input);
        return !isTransposed && across is { IsPlain: true, IsReversed: false } && down is { IsPlain: true, IsReversed: false };
    }

    /// <summary>A scaler mixes neighbours.</summary>
    internal static bool IsInterpolated(PlaneInput input)
    {
        var (across, down, _) = Axes(input);
        return !(across.IsNearest && down.IsNearest);
    }

    private static bool Has(PlaneInput input, Rotation flag) => (input.Rotation & flag) == flag;
}
