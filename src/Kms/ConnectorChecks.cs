using System.Runtime.InteropServices;
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
        return Fits(draft, connector.Connector, connector.WritebackTarget, draft[crtc].Mode!) ? Errno.None : Errno.EINVAL;
    }

    // A whole frame, in one of the formats that it writes.
    private static bool Fits(CommitDraft draft, Connector connector, Framebuffer target, ModeInfo mode) =>
        target.Width == mode.HDisplay && target.Height == mode.VDisplay && target.Modifier == 0
        && WritebackFormats(draft.Config, connector).Contains(target.Format);

    private static ReadOnlySpan<uint> WritebackFormats(ModeConfig config, Connector connector)
    {
        foreach (var (property, initial) in connector.Properties)
            if (property.Name == PropertyNames.WritebackFormats && config.Find((uint)initial) is Blob formats)
                return MemoryMarshal.Cast<byte, uint>(formats.Data.AsSpan());
        return [];
    }
}
