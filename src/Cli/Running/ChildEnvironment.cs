using System.Text;

namespace DrmActors.Cli.Running;

/// <summary>The environment of a program: its user's, and what the bridge needs.</summary>
internal static class ChildEnvironment
{
    private const string Preload = "LD_PRELOAD";

    /// <param name="ours">What the bridge sets.</param>
    /// <param name="first">A library that is loaded before all others; null for none.</param>
    public static List<byte[]> Of(IEnumerable<byte[]> users, IReadOnlyDictionary<string, string> ours, string? first)
    {
        var made = new List<byte[]>();
        var preloaded = "";
        foreach (var variable in users)
        {
            var name = Encoding.Latin1.GetString(variable.AsSpan(0, Math.Max(variable.AsSpan().IndexOf((byte)'='), 0)));
            if (name == Preload)
                preloaded = Encoding.UTF8.GetString(variable.AsSpan(Preload.Length + 1));
            else if (!ours.ContainsKey(name))
                made.Add(variable);
        }

        foreach (var (name, value) in ours)
            made.Add(Encoding.UTF8.GetBytes($"{name}={(name == Preload ? Join(first, preloaded, value) : value)}"));
        return made;
    }

    /// <summary>The libraries of a user, and ours behind them: theirs keep the first word.</summary>
    public static string Join(string? first, string users, string ours)
    {
        var named = users.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (first is not null && named.FirstOrDefault() is { } leader && Path.GetFileName(leader) == first)
            first = null;
        return string.Join(':', named.Where(library => library != ours).Prepend(first).Append(ours).OfType<string>());
    }
}
