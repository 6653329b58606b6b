using System.Text;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// A folder of the tree that mirrors what is served: real folders, links as the kernel has them, and in place of each file one with its
/// mode and nothing in it.
/// </summary>
/// <param name="path">As programs know it; absolute.</param>
internal sealed class ServedFolder(ServedTree tree, string path)
{
    private const UnixFileMode ReadOnlyMode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string Path { get; } = path;

    public ServedFolder Folder(string name) => tree.Folder(At(name));

    /// <summary>A file that reads as this text now.</summary>
    public void Text(string name, Func<string> text) => Add(name, new ServedNode(ReadOnlyMode, () => Content(text()), null));

    public void Text(string name, string text) => Text(name, () => text);

    /// <summary>The same where the text has to be asked for.</summary>
    public void Later(string name, Action<Action<string>> ask) =>
        Add(name, new ServedNode(ReadOnlyMode, static () => new ServedFile(Errno.EIO), null) { Ask = answer => ask(text => answer(Content(text))) });

    /// <summary>The same where the text may be missing.</summary>
    public void File(string name, Func<ServedFile> read) => Add(name, new ServedNode(ReadOnlyMode, read, null));

    /// <summary>A file that root may write to.</summary>
    public void Writable(string name, Func<string> text, Action<string, Action<Errno>> write) =>
        Add(name, new ServedNode(ReadOnlyMode | UnixFileMode.UserWrite, () => Content(text()), write));

    /// <summary>A file that root may write to, and nobody reads.</summary>
    public void WriteOnly(string name, Action<string, Action<Errno>> write) =>
        Add(name, new ServedNode(UnixFileMode.UserWrite, static () => new ServedFile(Errno.EACCES), write));

    /// <summary>The same where what is read are bytes.</summary>
    public void Binary(string name, Func<ReadOnlyMemory<byte>> bytes, Action<string, Action<Errno>> write) =>
        Add(name, new ServedNode(ReadOnlyMode | UnixFileMode.UserWrite, () => new ServedFile(Errno.None, bytes()), write));

    /// <summary>The same where the kernel would do something that is not done here.</summary>
    public void Writable(string name, string text) => Writable(name, () => text, ServedNode.NotHere);

    public void Add(string name, ServedNode node) => tree.Add(At(name), node);

    /// <param name="target">As programs know it; the link says it relative, as sysfs does: from a folder above both.</param>
    public void Link(string name, string target)
    {
        var above = System.IO.Path.GetDirectoryName(target)!;
        var relative = System.IO.Path.GetFileName(target);
        if (!string.Equals(above, Path, StringComparison.Ordinal))
            relative = $"{System.IO.Path.GetRelativePath(Path, above)}/{relative}";
        tree.Link(At(name), relative);
    }

    public static ServedFile Content(string text) => new(Errno.None, Encoding.UTF8.GetBytes(text));

    private string At(string name) => $"{Path}/{name}";
}
