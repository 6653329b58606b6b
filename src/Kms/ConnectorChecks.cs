using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Whether a connector can do what is asked of it in this one commit. Pure.</summary>
internal static class ConnectorChecks
{
    public static Errno Check(CommitDraft draft, ConnectorChange connector)
    {
        if (connector.Connector.IsLeaving && !connector.New.Crtc.IsNone && connector.New.Crtc != connector.Old.Crtc)
            return Errno.EINVAL;
        if (connector.Connector.Type != ConnectorType.Writeback)
            return Errno.None;
        if (connector.WritebackTarget is null)
            return connector.WritebackFence == 0 ? Errno.None : Errno.EINVAL;
        if (draft.Config.Find(connector.New.Crtc) is not { } crtc || !draft[crtc].Active)
            return Errno.EINVAL;
        // No display controller here writes a frame back.
        return Errno.EOPNOTSUPP;
    }
}
