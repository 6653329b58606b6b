namespace DrmActors.Hardware.Scanout;

/// <summary>Said in one place, before the first pixel moves: a picture is composed whole or not at all.</summary>
internal static class ScanoutChecks
{
    internal static void Source(in ScanoutPlane plane, int bytesPerPixel, int columns, int rows)
    {
        if (plane.X < 0 || plane.Y < 0 || plane.Width < 0 || plane.Height < 0)
            throw new ArgumentException("a plane's rectangle is not negative", nameof(plane));
        if (columns == 0 || rows == 0) return;
        // A pitch that no row uses is not looked at: a framebuffer of one line may have any.
        var first = plane.Offset + (long)plane.Y * plane.Pitch;
        var last = first + (rows - 1L) * plane.Pitch;
        var end = last + ((long)plane.X + columns) * bytesPerPixel;
        if (first < 0 || last < first || end > plane.Pixels.Length)
            throw new ArgumentException($"the source rectangle, bytes {first} to {end}, is not within {plane.Pixels.Length}", nameof(plane));
    }

    internal static void Target(ReadOnlySpan<byte> target, int pitch, int width, int height)
    {
        if (width <= 0 || height <= 0)
            throw new ArgumentException($"a picture of {width}x{height} pixels is none", nameof(width));
        if (pitch < (long)width * 4)
            throw new ArgumentException($"a pitch of {pitch} bytes is too small for {width} pixels", nameof(pitch));
        var end = (long)(height - 1) * pitch + (long)width * 4;
        if (end > target.Length)
            throw new ArgumentException($"a picture of {end} bytes does not fit into {target.Length}", nameof(target));
    }
}
