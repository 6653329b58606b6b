namespace DrmActors.Hardware.Images;

/// <summary>Writes pictures as PNG: 8-bit RGB, not interlaced.</summary>
public static class PngFile
{
    /// <param name="xrgb8888">Rows from the top; the X bytes are not looked at.</param>
    /// <param name="pitch">Bytes from a row to the next.</param>
    /// <exception cref="ArgumentException">No pixels at all, or more than the bytes hold.</exception>
    public static void Write(string path, int width, int height, ReadOnlySpan<byte> xrgb8888, int pitch)
    {
        var png = new MemoryStream();
        PngWriter.Write(png, width, height, xrgb8888, pitch);
        using var file = File.Create(path);
        png.WriteTo(file);
    }
}
