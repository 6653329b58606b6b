using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>The blobs that files keep: CREATEPROPBLOB, DESTROYPROPBLOB, and what a close takes along. Pure.</summary>
public static class BlobChanges
{
    public static KmsState Create(KmsState state, ulong file, ImmutableArray<byte> data, out BlobId id)
    {
        state = state.NewBlob(file, data, out var blob);
        id = blob.Id;
        return state with { Blobs = state.Blobs.Add(id.Value, blob) };
    }

    public static Errno Destroy(KmsState state, ulong file, BlobId id, out KmsState next)
    {
        next = state;
        if (ModeObjectLookup.FindBlob(state, id) is null)
            return Errno.ENOENT;
        // One that only a state refers to any more is nobody's.
        if (!state.Blobs.TryGetValue(id.Value, out var kept) || kept.Owner != file)
            return Errno.EPERM;
        next = state with { Blobs = state.Blobs.Remove(id.Value) };
        return Errno.None;
    }

    public static KmsState DestroyAllOf(KmsState state, ulong file)
    {
        var kept = state.Blobs.Where(b => b.Value.Owner == file).Select(b => b.Key).ToList();
        return kept.Count == 0 ? state : state with { Blobs = state.Blobs.RemoveRange(kept) };
    }
}
