namespace DrmActors.Hardware.Scanout;

/// <summary>Said in one place, before the first pixel moves: a picture is composed whole or not at all.</summary>
internal static class ScanoutChecks
{
    internal static void Source(in ScanoutPlane plane, int bytesPerPixel, int columns, int rows)
    {
        if (plane.Offset < 0 || plane.Pitch < 0 || plane.X < 0 || plane.Y < 0 || plane.Width < 0 || plane.Height < 0)
            throw new ArgumentException("a plane's offset, pitch and rectangle are not negative", nameof(plane));
        if (columns == 0 || rows == 0) return;
        var end = plane.Offset + ((long)plane.Y + rows - 1) * plane.Pitch + ((long)plane.X + columns) * bytesPerPixel;
        if (end > plane.Pixels.Length)
            throw new ArgumentException($"the source rectangle ends at byte {end} of {plane.Pixels.Length}", nameof(plane));
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
