namespace DrmActors.Cli.Running;

/// <summary>The arguments and the environment of this process as they were given, byte by byte: not all bytes are text.</summary>
internal static class ProcessBytes
{
    /// <summary>The last so many arguments.</summary>
    public static byte[][] LastArguments(int count) => Strings("/proc/self/cmdline")[^count..];

    public static byte[][] Environment() => Strings("/proc/self/environ");

    // Each ends with a 0.
    private static byte[][] Strings(string file)
    {
        var strings = new List<byte[]>();
        var bytes = File.ReadAllBytes(file).AsSpan();
        while (bytes.IndexOf((byte)0) is var end and >= 0)
        {
            strings.Add(bytes[..end].ToArray());
            bytes = bytes[(end + 1)..];
        }

        return [.. strings];
    }
}
