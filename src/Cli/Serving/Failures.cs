using DrmActors.Hardware.Boards;
using DrmActors.Hosting;

namespace DrmActors.Cli.Serving;

/// <summary>Exceptions, as what they mean to who typed the command.</summary>
internal static class Failures
{
    public static bool IsKnown(Exception e) =>
        e is UsageException or BoardException or IOException or UnauthorizedAccessException or DrmException or DrmBootException;

    public static int Say(Exception e) => Stderr.Fail(e.Message, e is UsageException or BoardException ? ExitCodes.Usage : ExitCodes.Failure);
}
