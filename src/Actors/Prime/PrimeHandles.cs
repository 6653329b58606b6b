using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Actors.Prime;

/// <summary>
/// Which handles of a file stand for which dma-bufs, since it has exported or imported them. A handle stands for one at most; of a dma-buf with
/// several handles (names make more of them) the oldest is the one that imports give. What is in here is kept by the handle's object.
/// </summary>
internal sealed class PrimeHandles
{
    private readonly Dictionary<GemHandle, DmaBuf> _buffers = [];
    private readonly Dictionary<DmaBuf, List<GemHandle>> _handles = [];

    public IEnumerable<(GemHandle Handle, DmaBuf Buffer)> All => _buffers.OrderBy(b => b.Key.Value).Select(b => (b.Key, b.Value));

    /// <summary>Null for a handle that has not been exported or imported.</summary>
    public DmaBuf? Find(GemHandle handle) => _buffers.GetValueOrDefault(handle);

    /// <summary>None where the file has no handle by it.</summary>
    public GemHandle Find(DmaBuf buffer) => _handles.TryGetValue(buffer, out var handles) ? handles[0] : default;

    public void Add(GemHandle handle, DmaBuf buffer)
    {
        if (Find(handle) == buffer)
            return;
        // Another one that has ended meanwhile.
        Remove(handle);
        _buffers.Add(handle, buffer);
        ref var handles = ref CollectionsMarshal.GetValueRefOrAddDefault(_handles, buffer, out _);
        (handles ??= new(1)).Add(handle);
    }

    /// <summary>The handle goes. Nothing for one that stands for none.</summary>
    public void Remove(GemHandle handle)
    {
        if (!_buffers.Remove(handle, out var buffer))
            return;
        var handles = _handles[buffer];
        handles.Remove(handle);
        if (handles.Count == 0)
            _handles.Remove(buffer);
    }
}
