using System.Globalization;
using System.Text;
using DrmActors.Actors.Files;

namespace DrmActors.Bridge.Files;

/// <summary>debugfs "clients": the open files, the oldest first.</summary>
internal static class ClientsText
{
    public static string Of(ServedCard card)
    {
        var text = new StringBuilder("             command   pid dev master a   uid      magic\n");
        foreach (var file in card.View.Files)
            Append(text, card, file);
        return text.ToString();
    }

    /// <summary>What the process calls itself; empty for one that is gone.</summary>
    public static string CommandOf(FileView file)
    {
        try
        {
            return File.ReadAllText($"/proc/{file.Credentials.ProcessId}/comm").TrimEnd('\n');
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void Append(StringBuilder text, ServedCard card, FileView file)
    {
        var (master, authenticated) = (file.IsMaster ? 'y' : 'n', file.Authenticated ? 'y' : 'n');
        var (process, user) = (file.Credentials.ProcessId, file.Credentials.UserId);
        text.Append(CultureInfo.InvariantCulture, $"{CommandOf(file),20} {process,5} {card.Minor,3}   {master}    {authenticated} {user,5} {file.Magic,10}\n");
    }
}
