using DrmActors.Actors.Files;
using DrmActors.Kms;

namespace DrmActors.Actors.Device;

/// <summary>What a trace shows of what a device publishes.</summary>
internal static class DeviceFacts
{
    public static IEnumerable<(string Name, object Value)> Of(DeviceView view)
    {
        foreach (var file in view.Files)
            yield return ($"file {file.Id}", RightsOf(file, view));
        if (view.Gone)
            yield return ("gone", "yes");
        if (!view.HasState)
            yield break;
        var state = view.State;
        foreach (var crtc in state.Config.Crtcs)
            if (state[crtc].Mode is { } mode)
                yield return (crtc.Id.ToString(), $"{mode}{(state[crtc].Active ? "" : ", off")}");
        foreach (var plane in state.Config.Planes)
            if (state[plane].Framebuffer is { } shown)
                yield return (plane.Id.ToString(), $"{shown.Id} on {state[plane].Crtc}");
        foreach (var framebuffer in state.Framebuffers.Values)
            yield return (framebuffer.Id.ToString(), TextOf(framebuffer));
        foreach (var (id, blob) in state.Blobs)
            yield return ($"blob {id}", $"of file {blob.Owner}");
    }

    private static string RightsOf(FileView file, DeviceView view) =>
        file.Id == view.Master ? "master" : file.Authenticated ? "authenticated" : "open";

    private static string TextOf(Framebuffer framebuffer) =>
        $"{framebuffer.Width}x{framebuffer.Height} of {(framebuffer.IsConsole ? "the console" : framebuffer.Owner == 0 ? "nobody" : $"file {framebuffer.Owner}")}, object {string.Join(", ", framebuffer.Buffers.Select(b => b.ObjectId))}";
}
