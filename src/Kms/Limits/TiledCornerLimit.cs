using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>A decoder of tiles begins with the first one, and hands them on as they come.</summary>
internal sealed class TiledCornerLimit : ICommitLimit
{
    public string Sentence => "framebuffers with a modifier read from their first pixel on, and not turned";

    public Errno Check(CommitDraft draft)
    {
        foreach (var (_, plane) in draft.ShownPlanes())
            if (plane.Framebuffer!.Modifier != 0
                && (plane.SrcX != 0 || plane.SrcY != 0 || plane.CrtcX < 0 || plane.CrtcY < 0 || plane.Rotation != Rotation.Rotate0))
                return Errno.EINVAL;
        return Errno.None;
    }
}
