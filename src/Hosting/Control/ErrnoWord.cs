using DrmActors.Messages;

namespace DrmActors.Hosting.Control;

internal static class ErrnoWord
{
    /// <exception cref="ControlException">No errno of that name.</exception>
    public static Errno Parse(string word) => Enum.TryParse<Errno>(word, out var errno) && errno != Errno.None && Enum.IsDefined(errno)
        ? errno
        : throw new ControlException($"errno: found {word}; allowed: {string.Join(", ", Enum.GetNames<Errno>().Skip(1))}");
}
