using System.Text;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>A file of the tree, which is made anew at each open.</summary>
/// <param name="Read">What stands in it now, or why it cannot be read.</param>
/// <param name="Write">Takes the text of one write(2) and tells its outcome, now or later; null where the kernel takes none.</param>
internal sealed record ServedNode(UnixFileMode Mode, Func<ServedFile> Read, Action<string, Action<Errno>>? Write)
{
    private const int AccessMode = 3;
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int Directory = 0x10000;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;

    /// <summary>What a write gets that would do something which is not done here.</summary>
    public static void NotHere(string text, Action<Errno> answer) => answer(Errno.EOPNOTSUPP);

    /// <summary>Whether it can be opened for writing without a text to take.</summary>
    public bool IsDevice { get; init; }

    /// <summary>Tells what stands in it where somebody has to be asked, once and on any thread; null where Read knows.</summary>
    public Action<Action<ServedFile>>? Ask { get; init; }

    /// <summary>open(2).</summary>
    /// <param name="answer">Now, or later on any thread.</param>
    public void Open(int flags, Action<ServedFile> answer)
    {
        if (Ask is not null && (flags & (AccessMode | Directory | Exclusive)) == ReadOnly)
            Ask(answer);
        else
            answer(Open(flags));
    }

    private ServedFile Open(int flags)
    {
        if ((flags & Directory) != 0)
            return new ServedFile(Errno.ENOTDIR);
        if ((flags & (Create | Exclusive)) == (Create | Exclusive))
            return new ServedFile(Errno.EEXIST);
        if ((flags & AccessMode) == ReadOnly || IsDevice)
            return Read();
        if (Write is null)
            return new ServedFile(Errno.EACCES);
        return new ServedFile(Errno.None, (flags & AccessMode) == ReadWrite ? Read().Content : default, Take);
    }

    private void Take(ReadOnlyMemory<byte> bytes, Action<int> answer) =>
        Write!(Encoding.Latin1.GetString(bytes.Span), errno => answer(errno == Errno.None ? bytes.Length : -(int)errno));
}
