using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>What a file may be called (SET_CLIENT_NAME): it stands in tables of one line a file. Pure.</summary>
internal static class ClientName
{
    public static Errno Check(string name) =>
        name.Length <= SetClientName.MaxLength && name.All(IsGraphic) ? Errno.None : Errno.EINVAL;

    // Of ISO 8859-1, as the kernel classes bytes: neither blank nor control.
    private static bool IsGraphic(char letter) => letter is (>= '!' and <= '~') or (>= '\u00a1' and <= '\u00ff');
}
