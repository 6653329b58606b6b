using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Blobs, and the bytes of those that the device makes itself.</summary>
internal static class BlobCodec
{
    /// <summary>The kernel counts with an int, and needs some bytes beside the data.</summary>
    private const uint CannotBe = int.MaxValue - 128;

    /// <summary>More than any property takes; what is beyond is memory that there is not.</summary>
    private const uint Largest = 16 << 20;

    public static readonly ArgumentCodec Get =
        new ArgumentCodec<drm_mode_get_blob, ModeGetPropBlob, PropBlob>(
            (in a, _) => new ModeGetPropBlob(new(a.blob_id)),
            (ref a, reply, memory) =>
            {
                // Only a caller that knows the length gets the bytes.
                if (a.length == reply.Data.Length && !memory.TryWriteArray(a.data, reply.Data.AsSpan()))
                {
                    return Errno.EFAULT;
                }

                a.length = (uint)reply.Data.Length;
                return Errno.None;
            });

    public static readonly ArgumentCodec Create =
        new ArgumentCodec<drm_mode_create_blob, ModeCreatePropBlob, PropBlobCreated>(
            DecodeCreate,
            (ref a, reply, _) =>
            {
                a.blob_id = reply.Blob.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec Destroy =
        new ArgumentCodec<drm_mode_destroy_blob, ModeDestroyPropBlob, Done>((in a, _) => new ModeDestroyPropBlob(new(a.blob_id)));

    private static IIoctl DecodeCreate(in drm_mode_create_blob a, IClientMemory memory)
    {
        if (a.length is 0 or > CannotBe)
        {
            return new RefusedIoctl(new ModeCreatePropBlob([]), Errno.EINVAL);
        }

        if (a.length > Largest)
        {
            return new RefusedIoctl(new ModeCreatePropBlob([]), Errno.ENOMEM);
        }

        var data = new byte[a.length];
        return memory.TryReadArray<byte>(a.data, data)
            ? new ModeCreatePropBlob(ImmutableCollectionsMarshal.AsImmutableArray(data))
            : new RefusedIoctl(new ModeCreatePropBlob([]), Errno.EFAULT);
    }
}
