namespace DrmActors.Bridge.Native;

/// <summary>Descriptors that came with a packet. Who takes one keeps it; the rest are closed.</summary>
internal sealed class Luggage : IDisposable
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
        foreach (var descriptor in _descriptors)
            if (descriptor >= 0)
                Sys.Close(descriptor);
        _descriptors.Clear();
    }
}
