using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>Every plane is read once a frame, and the memory gives so much a second.</summary>
internal sealed class MemoryBandwidthLimit(ulong bytesPerSecond) : ICommitLimit
{
    public string Sentence => $"at most {bytesPerSecond} bytes a second read by all CRTCs together";

    public Errno Check(CommitDraft draft)
    {
        UInt128 sum = 0;
        foreach (var crtc in draft.Config.Crtcs)
            if (draft[crtc] is { Mode: { } mode } state)
                sum += PerSecond(mode, draft.ShownOn(state).Aggregate(0ul, (bytes, plane) => bytes + PerFrame(plane.State)));
        return sum > bytesPerSecond ? Errno.ENOSPC : Errno.None;
    }

    private static UInt128 PerSecond(ModeInfo mode, ulong perFrame) =>
        (UInt128)perFrame * mode.Clock * 1000 / Math.Max((uint)mode.HTotal * mode.VTotal, 1);

    private static ulong PerFrame(PlaneState plane)
    {
        var format = FormatTable.Find(plane.Framebuffer!.Format)!;
        var (width, height) = (plane.SrcW >> 16, plane.SrcH >> 16);
        var bytes = 0ul;
        for (var i = 0; i < format.Planes.Length; i++)
            bytes += FormatTable.MinPitch(format, i, format.PlaneWidth(i, width)) * format.PlaneHeight(i, height);
        return bytes;
    }
}
