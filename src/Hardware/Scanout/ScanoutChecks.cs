namespace DrmActors.Hardware.Scanout;

/// <summary>Whether a picture of XRGB8888 stands within its bytes.</summary>
internal static class ScanoutChecks
{
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
