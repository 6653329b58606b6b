using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>A value that names a blob whose length has to be right. Pure.</summary>
internal static class BlobProperty
{
    /// <param name="value">A blob's id; 0 for none.</param>
    /// <param name="elementBytes">The length is a multiple of this; 0 for any.</param>
    /// <param name="bytes">The length is this; 0 for any.</param>
    /// <returns>EINVAL for an unknown blob, or one of another length.</returns>
    public static Errno Find(KmsState state, ulong value, int elementBytes, int bytes, out Blob? blob)
    {
        blob = null;
        if (value == 0)
            return Errno.None;
        if (ModeObjectLookup.FindBlob(state, new BlobId((uint)value)) is not { } found)
            return Errno.EINVAL;
        if ((bytes != 0 && found.Data.Length != bytes) || (elementBytes != 0 && found.Data.Length % elementBytes != 0))
            return Errno.EINVAL;
        blob = found;
        return Errno.None;
    }
}
