namespace DrmActors.Hardware.Images;

/// <summary>The CRC-32 of PNG and zlib: polynomial 0x04C11DB7, reflected 0xEDB88320, start and final xor 0xffffffff.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <param name="crc">0, or the value over the bytes before these.</param>
    internal static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    private static uint Entry(int index)
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xedb88320;
        return value;
    }
}
