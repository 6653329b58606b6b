using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>A CRTC has fewer converters of a format than planes that could use one.</summary>
internal sealed class PlanesPerFormatLimit(uint format, uint most) : ICommitLimit
{
    public string Sentence => $"at most {most} planes of a CRTC in {FormatTable.Find(format)?.Name}";

    public Errno Check(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
            if (draft.ShownOn(crtc.New).Count(p => p.State.Framebuffer!.Format == format) > most)
                return Errno.EINVAL;
        return Errno.None;
    }
}
