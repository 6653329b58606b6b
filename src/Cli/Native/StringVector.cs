using System.Runtime.InteropServices;

namespace DrmActors.Cli.Native;

/// <summary>A char *[] with NULL at its end, as exec takes it.</summary>
internal sealed unsafe class StringVector : IDisposable
{
    private byte** _strings;

    public StringVector(IReadOnlyList<byte[]> strings)
    {
        // One more of each: zeroed, they are the ends.
        _strings = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < strings.Count; i++)
        {
            _strings[i] = (byte*)NativeMemory.AllocZeroed((nuint)strings[i].Length + 1);
            strings[i].CopyTo(new Span<byte>(_strings[i], strings[i].Length));
        }
    }

    // SAFETY: valid until disposed of.
    public byte** Pointer => _strings;

    public void Dispose()
    {
        if (_strings == null)
            return;
        for (var at = _strings; *at != null; at++)
            NativeMemory.Free(*at);
        NativeMemory.Free(_strings);
        _strings = null;
    }
}
