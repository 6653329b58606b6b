using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Actors.Prime;

/// <summary>
/// Which handles of a file stand for which dma-bufs, since it has exported or imported them. A handle stands for one at most; of a dma-buf with
/// several handles (names make more of them) the oldest is the one that imports give. What is in here is kept by the handle's object.
/// </summary>
internal sealed class PrimeHandles
{
    // By handles, which are small numbers: the dma-buf, and the next younger handle of it.
    private readonly List<(DmaBuf? Buffer, GemHandle Next)> _handles = [];
    private readonly Dictionary<DmaBuf, GemHandle> _oldest = [];

    public IEnumerable<(GemHandle Handle, DmaBuf Buffer)> All =>
        _handles.Select((h, i) => (new GemHandle((uint)i), h.Buffer!)).Where(h => h.Item2 is not null);

    /// <summary>Null for a handle that has not been exported or imported.</summary>
    public DmaBuf? Find(GemHandle handle) => handle.Value < (uint)_handles.Count ? _handles[(int)handle.Value].Buffer : null;

    /// <summary>None where the file has no handle by it.</summary>
    public GemHandle Find(DmaBuf buffer) => _oldest.GetValueOrDefault(buffer);

    public void Add(GemHandle handle, DmaBuf buffer)
    {
        if (Find(handle) == buffer)
            return;
        // Another one that has ended meanwhile.
        Remove(handle);
        if (handle.Value >= (uint)_handles.Count)
            CollectionsMarshal.SetCount(_handles, (int)handle.Value + 1);
        Of(handle) = (buffer, default);
        ref var link = ref LinkTo(default, buffer);
        link = handle;
    }

    /// <summary>The handle goes. Nothing for one that stands for none.</summary>
    public void Remove(GemHandle handle)
    {
        if (Find(handle) is not { } buffer)
            return;
        LinkTo(handle, buffer) = Of(handle).Next;
        Of(handle) = default;
        if (_oldest[buffer].IsNone)
            _oldest.Remove(buffer);
    }

    private ref (DmaBuf? Buffer, GemHandle Next) Of(GemHandle handle) => ref CollectionsMarshal.AsSpan(_handles)[(int)handle.Value];

    // What leads to a handle in the list of its dma-buf; for none, its end.
    private ref GemHandle LinkTo(GemHandle handle, DmaBuf buffer)
    {
        ref var link = ref CollectionsMarshal.GetValueRefOrAddDefault(_oldest, buffer, out _);
        while (link != handle)
            link = ref Of(link).Next;
        return ref link;
    }
}
