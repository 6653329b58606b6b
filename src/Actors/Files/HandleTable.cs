using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>A file's GEM handles: from 1 upward, the lowest free one first.</summary>
internal sealed class HandleTable
{
    private readonly IdTable<GemReference> _objects = new();

    /// <summary>Those that have their objects.</summary>
    public IEnumerable<(GemHandle Handle, GemReference Object)> Held => _objects.Held.Select(held => (new GemHandle((uint)held.Id), held.Item));

    /// <summary>Takes a handle for an object that is still being made; until it is set, nobody finds it.</summary>
    public GemHandle Reserve() => new((uint)_objects.Reserve());

    /// <summary>Gives a reserved handle its object, or, without one, free again.</summary>
    public void Set(GemHandle handle, GemReference? reference) => _objects.Set((int)handle.Value, reference);

    public GemHandle Add(GemReference reference) => new((uint)_objects.Add(reference));

    public GemReference? Find(GemHandle handle) => _objects.Find((int)handle.Value);

    /// <summary>Null where the handle is not held.</summary>
    public GemReference? Remove(GemHandle handle) => _objects.Remove((int)handle.Value);
}
