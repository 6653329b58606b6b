using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>Reading from the last line upwards works for one memory plane, not for several.</summary>
internal sealed class YuvReflectionLimit : ICommitLimit
{
    public string Sentence => "YUV framebuffers not reflected along y";

    public Errno Check(CommitDraft draft)
    {
        foreach (var (_, plane) in draft.ShownPlanes())
            if (plane.Rotation.HasFlag(Rotation.ReflectY) && FormatTable.Find(plane.Framebuffer!.Format) is { IsYuv: true })
                return Errno.EINVAL;
        return Errno.None;
    }
}
