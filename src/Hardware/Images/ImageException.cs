namespace DrmActors.Hardware.Images;

/// <summary>An image file that cannot be read: where, what stands there, and what would be allowed.</summary>
public sealed class ImageException(string file, long offset, string found, string allowed)
    : Exception($"{file}: byte {offset}: found {found}; allowed: {allowed}")
{
    public string File { get; } = file;

    /// <summary>Bytes from the start of the file.</summary>
    public long Offset { get; } = offset;

    public string Found { get; } = found;

    public string Allowed { get; } = allowed;
}
