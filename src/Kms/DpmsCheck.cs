using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>
/// DPMS, the legacy way to let a monitor sleep: its CRTC goes inactive, and keeps mode, connectors and framebuffer. Pure.
/// </summary>
internal static class DpmsCheck
{
    public const ulong On = 0;
    public const ulong Off = 3;

    /// <summary>A connector's DPMS: its CRTC is active while one of its connectors is on.</summary>
    /// <param name="value">Everything but <see cref="On"/> is off, values that the property does not name as well.</param>
    public static Errno Build(CommitDraft draft, Connector connector, ulong value)
    {
        var off = value != On;
        if (draft.Old[connector].DpmsOff == off)
            return Errno.None;
        var change = draft.Touch(connector);
        change.New = change.New with { DpmsOff = off };
        if (draft.Config.Find(change.New.Crtc) is not { } crtc)
            return Errno.None;
        var active = false;
        foreach (var other in draft.Touch(crtc).New.Connectors)
            active |= !draft.Touch(draft.Config.Connectors[other]).New.DpmsOff;
        draft.Touch(crtc).Change(c => c with { Active = active });
        return CommitCheck.Check(draft);
    }

    /// <summary>After a modeset, DPMS says what became of the connectors: those of a CRTC that was lit are on, those that lost theirs off.</summary>
    public static void Follow(CommitDraft draft)
    {
        foreach (var connector in draft.Connectors)
        {
            var now = connector.New;
            var crtc = draft.Config.Find(now.Crtc) is { } its ? draft.Find(its) : null;
            var off = crtc is null
                ? (now.Crtc.IsNone && !connector.Old.Crtc.IsNone) || now.DpmsOff
                : crtc.NeedsModeset ? !crtc.New.Active : now.DpmsOff;
            if (off != now.DpmsOff)
                connector.New = now with { DpmsOff = off };
        }
    }
}
