using System.Globalization;
using System.Text;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge.Tracing;

/// <summary>The UAPI's spelling of what the messages spell as C# does.</summary>
internal static class UapiNames
{
    private const byte Drm = (byte)'d';

    /// <summary>The name of the number in drm.h, the system call's for a file operation, and _IOC(...) for a number that nobody knows.</summary>
    public static string OfCall(TracedCall call) => call.Call switch
    {
        null => OfNumber(call.Number),
        Mmap => "mmap",
        Munmap => "munmap",
        ReadEvents => "read",
        CloseFile => "close",
        { } known => IoctlTable.RowOf(known)?.Name ?? OfProperty(known.GetType().Name),
    };

    /// <summary>PossibleCrtcs is possible_crtcs, WidthMm width_mm.</summary>
    public static string OfProperty(string name) => Snake(name, char.ToLowerInvariant);

    /// <summary>DumbBuffer is DUMB_BUFFER.</summary>
    public static string OfConstant(string name) => Snake(name, char.ToUpperInvariant);

    private static string OfNumber(IoctlNumber number) =>
        IoctlTable.Find(number, out _) is { } row && row.Number == number
            ? row.Name
            : string.Create(CultureInfo.InvariantCulture, $"_IOC({Direction(number)}, {Type(number)}, 0x{number.Nr:x2}, {number.Size})");

    private static string Direction(IoctlNumber number) => number.Direction switch
    {
        IoctlDirection.Write => "_IOC_WRITE",
        IoctlDirection.Read => "_IOC_READ",
        IoctlDirection.ReadWrite => "_IOC_READ|_IOC_WRITE",
        _ => "_IOC_NONE",
    };

    private static string Type(IoctlNumber number) =>
        number.Type == Drm ? "'d'" : string.Create(CultureInfo.InvariantCulture, $"0x{number.Type:x2}");

    // A word begins at a capital that follows a small letter or a digit, or that a small letter follows.
    private static string Snake(string name, Func<char, char> letter)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var begins = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins)
                text.Append('_');
            text.Append(letter(name[i]));
        }

        return text.ToString();
    }
}
