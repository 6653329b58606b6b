using System.Runtime.InteropServices;
using DrmActors.Bridge.Transport;

namespace DrmActors.Bridge.Native;

/// <summary>Descriptors that came with a packet. Who takes one keeps it; the rest are closed.</summary>
/// <param name="forks">Closes them.</param>
internal sealed class Luggage(ForkWatch forks) : IDisposable
{
    /// <summary>What one packet carries at most: what a call names, the file that it is about, and a socket.</summary>
    public const int Most = Wire.WireConstants.DescriptorsMax + 2;

    private readonly List<int> _descriptors = [];

    public int Count => _descriptors.Count;

    public void Add(int descriptor, bool isWanted)
    {
        if (isWanted)
            _descriptors.Add(descriptor);
        else
            Sys.Close(descriptor);
    }

    /// <summary>It is the caller's; -1 where there is none, or it has been taken.</summary>
    public int Take(int index)
    {
        if (index >= _descriptors.Count)
            return -1;
        var taken = _descriptors[index];
        _descriptors[index] = -1;
        return taken;
    }

    /// <summary>Closes what nobody took. It can be used again.</summary>
    public void Dispose()
    {
        _descriptors.RemoveAll(static d => d < 0);
        forks.Close(CollectionsMarshal.AsSpan(_descriptors));
        _descriptors.Clear();
    }
}
