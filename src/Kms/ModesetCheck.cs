using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>
/// Which encoder feeds which connector from which CRTC, and which CRTCs have to go dark for a moment for it. A CRTC that has to brings its
/// connectors and planes into the draft. Refused in the kernel's order. Pure.
/// </summary>
internal static class ModesetCheck
{
    public static Errno Check(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
        {
            var lit = crtc.New.Mode is not null;
            crtc.ModeChanged |= !ModeInfo.HaveOneTiming(crtc.Old.Mode, crtc.New.Mode);
            crtc.ConnectorsChanged |= lit != crtc.Old.Mode is not null;
            crtc.ActiveChanged |= crtc.New.Active != crtc.Old.Active;
            if (lit == crtc.New.Connectors.IsEmpty)
                return Errno.EINVAL;
        }

        if (HasConflict(draft))
            return Errno.EINVAL;
        foreach (var connector in draft.Connectors)
            if (Route(draft, connector) is var errno && errno != Errno.None)
                return errno;
        AddWhatAModesetTouches(draft);
        foreach (var crtc in draft.Crtcs)
            if (crtc.NeedsModeset && !CanBeCloned(draft, crtc.New))
                return Errno.EINVAL;
        foreach (var connector in draft.Connectors)
            if (!CarriesItsMode(draft, connector))
                return Errno.EINVAL;
        return Errno.None;
    }

    /// <summary>The first encoder that can be fed by the CRTC; null for none.</summary>
    public static Encoder? FindEncoder(ModeConfig config, Connector connector, Crtc crtc)
    {
        foreach (var id in connector.Encoders)
            if (config.Find(id) is { } encoder && encoder.IsFor(crtc))
                return encoder;
        return null;
    }

    // Also with connectors that nobody mentioned, and which have an encoder that is wanted.
    private static bool HasConflict(CommitDraft draft)
    {
        foreach (var connector in draft.Connectors)
        {
            if (EncoderOf(draft, connector) is not { } encoder)
                continue;
            foreach (var other in draft.Config.ConnectorsOf(encoder))
            {
                if (other.Index == connector.Connector.Index)
                    continue;
                var taken = draft.Find(other) is { } change ? EncoderOf(draft, change)?.Id : draft.Old[other].Encoder;
                if (taken == encoder.Id)
                    return true;
            }
        }

        return false;
    }

    private static Encoder? EncoderOf(CommitDraft draft, ConnectorChange connector) =>
        draft.Config.Find(connector.New.Crtc) is { } crtc ? FindEncoder(draft.Config, connector.Connector, crtc) : null;

    private static Errno Route(CommitDraft draft, ConnectorChange connector)
    {
        var (old, now) = (connector.Old, connector.New);
        var crtc = draft.Config.Find(now.Crtc);
        var encoder = EncoderOf(draft, connector);
        if (crtc is not null && encoder is null)
            return Errno.EINVAL;
        if (old.Crtc != now.Crtc || old.Encoder != (encoder?.Id ?? default))
        {
            connector.New = now = now with { Encoder = encoder?.Id ?? default };
            if (draft.Config.Find(old.Crtc) is { } left)
                draft.Touch(left).ConnectorsChanged = true;
            if (crtc is not null)
                draft.Touch(crtc).ConnectorsChanged = true;
        }

        // A link is trained anew where it is said to be good again, or is to carry other pixels.
        if (draft.Config.Find(old.Crtc) is { } driver && (old.LinkBad != now.LinkBad || old.MaxBpc != now.MaxBpc))
            draft.Touch(driver).ConnectorsChanged = true;
        return Errno.None;
    }

    private static void AddWhatAModesetTouches(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
        {
            if (!crtc.NeedsModeset)
                continue;
            foreach (var connector in crtc.New.Connectors)
                draft.Touch(draft.Config.Connectors[connector]);
            foreach (var plane in crtc.New.Planes)
                draft.Touch(draft.Config.Planes[plane]);
        }
    }

    // Each of its encoders with each: a frame that is written back is no signal, and goes with any.
    private static bool CanBeCloned(CommitDraft draft, CrtcState crtc)
    {
        if (crtc.Connectors.Length < 2)
            return true;
        var (fed, clones) = (0u, uint.MaxValue);
        foreach (var index in crtc.Connectors)
        {
            var connector = draft.Config.Connectors[index];
            if (connector.Type == ConnectorType.Writeback || draft.Config.Find(draft[connector].Encoder) is not { } encoder)
                continue;
            fed |= 1u << encoder.Index;
            clones &= encoder.PossibleClones;
        }

        return (fed & ~clones) == 0;
    }

    private static bool CarriesItsMode(CommitDraft draft, ConnectorChange connector)
    {
        if (draft.Config.Find(connector.New.Crtc) is not { } crtc || draft.Find(crtc) is not { } change)
            return true;
        if ((!change.ModeChanged && !change.ConnectorsChanged) || change.New.Mode is not { } mode)
            return true;
        return connector.Connector.Carries(mode) && crtc.Sends(mode);
    }
}
