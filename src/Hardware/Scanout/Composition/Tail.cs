using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>The end of a row, shorter than a vector: nothing behind it is read or written.</summary>
internal static class Tail
{
    internal static Vector256<byte> Load(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[Vector256<byte>.Count];
        whole.Clear();
        bytes.CopyTo(whole);
        return Vector256.Create<byte>(whole);
    }

    internal static void Store(Vector256<byte> vector, Span<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[Vector256<byte>.Count];
        vector.CopyTo(whole);
        whole[..bytes.Length].CopyTo(bytes);
    }
}
