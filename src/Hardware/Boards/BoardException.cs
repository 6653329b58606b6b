namespace DrmActors.Hardware.Boards;

/// <summary>A board file that cannot be used: where, what stands there, and what would be allowed.</summary>
public sealed class BoardException : Exception
{
    internal BoardException(string file, int line, string key, string found, string allowed, Exception? cause = null)
        : base($"{file}{(line > 0 ? $":{line}" : "")}: {(key.Length > 0 ? key + ": " : "")}found {found}; allowed: {allowed}", cause)
    {
        File = file;
        Line = line;
        Key = key;
        Found = found;
        Allowed = allowed;
    }

    public string File { get; }

    /// <summary>From 1; of a missing key, the line where its section begins; 0 where no line can be named.</summary>
    public int Line { get; }

    /// <summary>The whole path, "components.vopb.address"; empty where the file as a whole is meant.</summary>
    public string Key { get; }

    public string Found { get; }

    public string Allowed { get; }
}
