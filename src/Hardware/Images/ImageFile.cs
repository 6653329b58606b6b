namespace DrmActors.Hardware.Images;

/// <summary>Reads the picture formats that a display test meets: PNG and PPM (P3, P6), told apart by their first bytes.</summary>
public static class ImageFile
{
    /// <summary>Sides of a picture, at most; twice what any CRTC here shows.</summary>
    internal const int MaxSide = 8192;

    /// <exception cref="ImageException">A file that is not one of these formats, is damaged, or uses what is not read.</exception>
    /// <exception cref="IOException">A file that cannot be opened.</exception>
    public static Image Read(string path) => Read(File.ReadAllBytes(path), path);

    internal static Image Read(byte[] bytes, string file)
    {
        if (PngReader.IsPng(bytes)) return new PngReader(bytes, file).Read();
        if (PpmReader.IsPpm(bytes)) return new PpmReader(bytes, file).Read();
        throw new ImageException(file, 0, Hex(bytes), "PNG (89 50 4e 47 0d 0a 1a 0a) or PPM (P3 or P6)");
    }

    private static string Hex(byte[] bytes) =>
        bytes.Length == 0 ? "an empty file" : string.Join(' ', bytes.Take(8).Select(b => b.ToString("x2")));
}
