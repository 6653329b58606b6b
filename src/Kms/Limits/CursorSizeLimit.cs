using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>Cursor hardware knows only some sizes of pictures.</summary>
internal sealed class CursorSizeLimit(ImmutableArray<PixelSize> sizes, PixelSize? least, PixelSize? greatest) : ICommitLimit
{
    public string Sentence => sizes.IsEmpty
        ? $"cursors from {least ?? new PixelSize(1, 1)} to {greatest?.ToString() ?? "any size"}"
        : $"cursors of {string.Join(", ", sizes)}";

    public Errno Check(CommitDraft draft)
    {
        foreach (var (plane, state) in draft.ShownPlanes())
            if (plane.Type == PlaneType.Cursor && !Takes(new PixelSize(state.Framebuffer!.Width, state.Framebuffer.Height)))
                return Errno.EINVAL;
        return Errno.None;
    }

    private bool Takes(PixelSize size) =>
        (sizes.IsEmpty || sizes.Contains(size))
        && (least is not { } min || (size.Width >= min.Width && size.Height >= min.Height))
        && (greatest is not { } max || (size.Width <= max.Width && size.Height <= max.Height));
}
