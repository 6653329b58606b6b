using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>A card's part of /proc/PID/fdinfo, by which tools tell clients apart.</summary>
internal static class FdInfoText
{
    public static string Of(BridgedFile file)
    {
        var driver = (file.View.TryAnswer(new GetVersion()) as Reply<DriverVersion>)?.Value?.Name;
        return $"drm-driver:\t{driver}\ndrm-client-id:\t{file.View.Id}\n";
    }
}
