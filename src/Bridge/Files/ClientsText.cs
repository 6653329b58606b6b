using System.Globalization;
using System.Text;
using DrmActors.Actors.Files;
using DrmActors.Bridge.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>debugfs "clients": the open files, the oldest first.</summary>
internal static class ClientsText
{
    public static string Of(ServedCard card)
    {
        var files = card.View.Files;
        var hasNames = files.Exists(f => f.Name.Length > 0);
        var text = new StringBuilder("             command   pid dev master a   uid      magic");
        text.Append(hasNames ? $" {"name",SetClientName.MaxLength}\n" : "\n");
        foreach (var file in files)
            Append(text, card, file, hasNames);
        return text.ToString();
    }

    public static string CommandOf(FileView file) =>
        file.Credentials.Name is { Length: > 0 } name ? name : ProcessFacts.CommandOf(file.Credentials.ProcessId);

    // The column of the names comes with the first of them.
    private static void Append(StringBuilder text, ServedCard card, FileView file, bool hasNames)
    {
        var (master, authenticated) = (file.IsMaster ? 'y' : 'n', file.Authenticated ? 'y' : 'n');
        var (process, user) = (file.Credentials.ProcessId, file.Credentials.UserId);
        text.Append(CultureInfo.InvariantCulture, $"{CommandOf(file),20} {process,5} {card.Minor,3}   {master}    {authenticated} {user,5} {file.Magic,10}");
        if (hasNames)
            text.Append(CultureInfo.InvariantCulture, $" {(file.Name.Length > 0 ? file.Name : "<unset>"),SetClientName.MaxLength}");
        text.Append('\n');
    }
}
