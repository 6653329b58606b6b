using System.Runtime.InteropServices;
using System.Text;

namespace DrmActors.Messages.Uapi;

/// <summary>Sync files.</summary>
internal static class SyncFileCodec
{
    /// <summary>Where in its argument the number of the merged sync file goes.</summary>
    public static readonly int DescriptorOffset = (int)Marshal.OffsetOf<sync_merge_data>(nameof(sync_merge_data.fence));

    public static readonly ArgumentCodec Merge =
        new ArgumentCodec<sync_merge_data, SyncMerge, SyncMerged>(
            (in a, _) => new SyncMerge(TextOf(a.name), new(a.fd2), a.flags, a.pad));

    public static readonly ArgumentCodec Info =
        new ArgumentCodec<sync_file_info, GetSyncFileInfo, SyncFileInfo>(
            (in a, _) => new GetSyncFileInfo(a.num_fences, a.flags, a.pad), EncodeInfo);

    public static readonly ArgumentCodec SetDeadline =
        new ArgumentCodec<sync_set_deadline, SetSyncDeadline, Done>(
            (in a, _) => new SetSyncDeadline(a.deadline_ns, a.pad));

    /// <summary>A name as bytes, at most 31 and a NUL.</summary>
    public static SyncName NameOf(string text)
    {
        var name = default(SyncName);
        Span<byte> bytes = name;
        Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(text.Length, bytes.Length - 1)), bytes);
        return name;
    }

    /// <summary>What stands before the first NUL, and one is taken to be at the end.</summary>
    public static string TextOf(in SyncName name)
    {
        ReadOnlySpan<byte> bytes = name;
        bytes = bytes[..^1];
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static Errno EncodeInfo(ref sync_file_info a, SyncFileInfo reply, IClientMemory memory)
    {
        var fences = new sync_fence_info[reply.Fences.Length];
        for (int i = 0; i < fences.Length; i++)
        {
            SyncFenceInfo fence = reply.Fences[i];
            fences[i] = new()
            {
                obj_name = NameOf(fence.Timeline),
                driver_name = NameOf(fence.Driver),
                status = fence.Status,
                timestamp_ns = fence.Time,
            };
        }

        if (!memory.TryWriteArray<sync_fence_info>(a.sync_fence_info, fences))
        {
            return Errno.EFAULT;
        }

        a.name = NameOf(reply.Name);
        a.status = reply.Status;
        a.num_fences = reply.Count;
        return Errno.None;
    }
}
