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
        var config = state.Config;
        var found = config.Find(new ConnectorId(id))
            ?? config.Find(new CrtcId(id))
            ?? config.Find(new PlaneId(id))
            ?? config.Find(new EncoderId(id))
            ?? config.Find(new PropertyId(id))
            ?? state.Find(new FramebufferId(id))
            ?? (IModeObject?)FindBlob(state, new BlobId(id));
        return found is not null && (type == ObjectType.Any || found.Type == type) ? found : null;
    }

    /// <summary>Of everything that has one, from the lowest.</summary>
    public static ImmutableArray<uint> AllIds(KmsState state)
    {
        var config = state.Config;
        var shown = state.Crtcs.SelectMany(c => new[] { c.ModeBlob, c.GammaLut }).Concat(state.Connectors.SelectMany(c => new[] { c.EdidBlob, c.HdrMetadata }));
        var ids = new SortedSet<uint>(state.Framebuffers.Keys.Concat(state.Blobs.Keys));
        ids.UnionWith(config.Crtcs.Select(c => c.Id.Value));
        ids.UnionWith(config.Planes.Select(p => p.Id.Value));
        ids.UnionWith(config.Encoders.Select(e => e.Id.Value));
        ids.UnionWith(config.Connectors.Select(c => c.Id.Value));
        ids.UnionWith(config.Properties.Select(p => p.Id.Value));
        ids.UnionWith(config.Blobs.Concat(shown.OfType<Blob>()).Select(b => b.Id.Value));
        return [.. ids];
    }

    /// <summary>Anybody's: one that its file keeps, or that a state refers to.</summary>
    public static Blob? FindBlob(KmsState state, BlobId id)
    {
        if (state.Blobs.TryGetValue(id.Value, out var kept))
            return kept;
        foreach (var blob in state.Config.Blobs)
            if (blob.Id == id)
                return blob;
        foreach (var crtc in state.Crtcs)
            if ((crtc.ModeBlob?.Id == id ? crtc.ModeBlob : crtc.GammaLut) is { } blob && blob.Id == id)
                return blob;
        foreach (var connector in state.Connectors)
            if ((connector.EdidBlob?.Id == id ? connector.EdidBlob : connector.HdrMetadata) is { } blob && blob.Id == id)
                return blob;
        return null;
    }
}
