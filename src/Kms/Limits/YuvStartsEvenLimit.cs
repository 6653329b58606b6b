using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>Two columns share their colour, so reading cannot begin between them; what is cut off by the screen's edge counts.</summary>
internal sealed class YuvStartsEvenLimit : ICommitLimit
{
    public string Sentence => "YUV framebuffers read from an even column on";

    public Errno Check(CommitDraft draft)
    {
        foreach (var (_, plane) in draft.ShownPlanes())
            if (FormatTable.Find(plane.Framebuffer!.Format) is { IsYuv: true } && FirstColumn(plane) % 2 != 0)
                return Errno.EINVAL;
        return Errno.None;
    }

    private static ulong FirstColumn(PlaneState plane)
    {
        var hidden = plane is { CrtcX: < 0, CrtcW: > 0 } ? (ulong)-(long)plane.CrtcX * plane.SrcW / plane.CrtcW : 0;
        return (plane.SrcX + hidden) >> 16;
    }
}
