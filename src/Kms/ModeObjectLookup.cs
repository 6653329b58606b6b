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
