using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>From an id of the device's one number space to what it names. Pure.</summary>
public static class ModeObjectLookup
{
    /// <param name="type">What it has to be; <see cref="ObjectType.Any"/> for anything.</param>
    /// <returns>Null where there is none, or one of another type.</returns>
    public static IModeObject? Find(KmsState state, uint id, ObjectType type)
    {
        var found = state.Config.Find(id) ?? state.Find(new FramebufferId(id)) ?? (IModeObject?)FindBlob(state, new BlobId(id));
        return found is not null && (type == ObjectType.Any || found.Type == type) ? found : null;
    }

    /// <summary>Of everything that has one, from the lowest.</summary>
    public static ImmutableArray<uint> AllIds(KmsState state)
    {
        var config = state.Config;
        var ids = new SortedSet<uint>(state.Framebuffers.Keys.Concat(state.Blobs.Keys));
        ids.UnionWith(config.Crtcs.Select(c => c.Id.Value));
        ids.UnionWith(config.Planes.Select(p => p.Id.Value));
        ids.UnionWith(config.Encoders.Select(e => e.Id.Value));
        ids.UnionWith(config.PresentConnectors.Select(c => c.Id.Value));
        ids.UnionWith(config.Properties.Select(p => p.Id.Value));
        ids.UnionWith(config.Blobs.Concat(Referred(state).OfType<Blob>()).Select(b => b.Id.Value));
        return [.. ids];
    }

    /// <summary>Anybody's: one that its file keeps, or that a state refers to.</summary>
    public static Blob? FindBlob(KmsState state, BlobId id) =>
        state.Blobs.TryGetValue(id.Value, out var kept) ? kept : state.Config.Find(id.Value) as Blob ?? FindReferred(state, id);

    // Rare: whoever sets a blob made it and has it still.
    private static Blob? FindReferred(KmsState state, BlobId id)
    {
        if (id.IsNone)
            return null;
        foreach (var blob in Referred(state))
            if (blob?.Id == id)
                return blob;
        return null;
    }

    private static IEnumerable<Blob?> Referred(KmsState state) =>
        state.Crtcs.SelectMany(c => (Blob?[])[c.ModeBlob, c.GammaLut, c.DegammaLut, c.Ctm])
            .Concat(state.Connectors.SelectMany(c => (Blob?[])[c.EdidBlob, c.HdrMetadata]))
            .Concat(state.Planes.Select(p => p.DamageClips));
}
