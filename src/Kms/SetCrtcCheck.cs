using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>SETCRTC: from the request to the state that it asks for, refused in the kernel's order. Pure.</summary>
public static class SetCrtcCheck
{
    private const uint CoordinateMask = 0xffff0000;

    public static Errno Build(KmsState state, ModeSetCrtc call, out KmsState next)
    {
        next = state;
        if (((call.X | call.Y) & CoordinateMask) != 0)
            return Errno.ERANGE;
        if (state.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        Framebuffer? framebuffer = null;
        if (call.Mode is { } sent)
        {
            var errno = FindFramebuffer(state, crtc, call, out framebuffer);
            if (errno != Errno.None)
                return errno;
            errno = ModeValidation.FromClient(sent, out var mode);
            if (errno != Errno.None)
                return errno;
            call = call with { Mode = mode };
            if (!crtc.Sends(mode))
                return Errno.EINVAL;
            if (!state.Config.PrimaryOf(crtc).Scans(framebuffer!))
                return Errno.EINVAL;
            if (!Shows(framebuffer!, mode, call.X, call.Y))
                return Errno.ENOSPC;
        }

        if (call.Connectors.IsEmpty != call.Mode is null || call.Connectors.Length > state.Config.Connectors.Length)
            return Errno.EINVAL;
        foreach (var id in call.Connectors)
            if (state.Config.Find(id) is null)
                return Errno.ENOENT;
        next = Apply(state, crtc, call, framebuffer);
        var routed = RoutingCheck.Check(state, ref next, crtc);
        if (routed == Errno.None)
            next = DpmsCheck.Follow(state, next);
        return routed;
    }

    private static Errno FindFramebuffer(KmsState state, Crtc crtc, ModeSetCrtc call, out Framebuffer? framebuffer)
    {
        if (call.Framebuffer == ModeSetCrtc.KeepFramebuffer)
        {
            framebuffer = state.PrimaryOf(crtc).Framebuffer;
            return framebuffer is null ? Errno.EINVAL : Errno.None;
        }

        framebuffer = state.Find(call.Framebuffer);
        return framebuffer is null ? Errno.ENOENT : Errno.None;
    }

    private static bool Shows(Framebuffer framebuffer, ModeInfo mode, uint x, uint y) =>
        mode.HDisplay <= framebuffer.Width && mode.VDisplay <= framebuffer.Height
        && x <= framebuffer.Width - mode.HDisplay && y <= framebuffer.Height - mode.VDisplay;

    private static KmsState Apply(KmsState state, Crtc crtc, ModeSetCrtc call, Framebuffer? framebuffer)
    {
        var next = StateChanges.WithMode(state, crtc, call.Mode)
            .With(state.Config.PrimaryOf(crtc), PrimaryPlane(crtc, call, framebuffer));
        foreach (var connector in state.Config.Connectors)
        {
            var now = next[connector];
            if (call.Connectors.Contains(connector.Id))
                next = next.With(connector, now with { Crtc = crtc.Id });
            else if (now.Crtc == crtc.Id)
                next = next.With(connector, now with { Crtc = default, Encoder = default });
        }

        return next;
    }

    private static PlaneState PrimaryPlane(Crtc crtc, ModeSetCrtc call, Framebuffer? framebuffer) =>
        call.Mode is not { } mode
            ? PlaneState.Off
            : new PlaneState
            {
                Crtc = crtc.Id,
                Framebuffer = framebuffer,
                SrcX = call.X << 16,
                SrcY = call.Y << 16,
                SrcW = (uint)mode.HDisplay << 16,
                SrcH = (uint)mode.VDisplay << 16,
                CrtcW = mode.HDisplay,
                CrtcH = mode.VDisplay,
            };
}
