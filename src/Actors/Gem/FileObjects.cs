using DrmActors.Actors.Protocol;

namespace DrmActors.Actors.Gem;

/// <summary>An object as the GEM core knows it, linked into the list of the file that made it.</summary>
internal sealed class GemEntry(GemReference reference)
{
    public GemReference Object { get; } = reference;

    /// <summary>The fake mmap offset; 0 until somebody asks for it.</summary>
    public long Offset { get; set; }

    internal ulong File { get; set; }

    internal GemEntry? Next { get; set; }

    internal GemEntry? Previous { get; set; }
}

/// <summary>Which objects a file made, as linked lists: adding and removing cost the same with one object and with a million.</summary>
internal sealed class FileObjects
{
    private readonly Dictionary<ulong, GemEntry> _heads = [];

    public void Add(ulong file, GemEntry entry)
    {
        entry.File = file;
        if (_heads.TryGetValue(file, out var head))
        {
            entry.Next = head;
            head.Previous = entry;
        }

        _heads[file] = entry;
    }

    /// <summary>The file that it was listed under; 0 for none.</summary>
    public ulong Remove(GemEntry entry)
    {
        if (entry.File == 0)
            return 0;
        if (entry.Next is not null)
            entry.Next.Previous = entry.Previous;
        if (entry.Previous is not null)
            entry.Previous.Next = entry.Next;
        else if (entry.Next is not null)
            _heads[entry.File] = entry.Next;
        else
            _heads.Remove(entry.File);
        return entry.File;
    }

    public IEnumerable<GemEntry> Of(ulong file)
    {
        for (var entry = _heads.GetValueOrDefault(file); entry is not null; entry = entry.Next)
            yield return entry;
    }
}
