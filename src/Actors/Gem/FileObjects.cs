using System.Collections.Immutable;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Gem;

/// <summary>An object as the GEM core knows it, linked into the list of the file that made it.</summary>
internal sealed class GemEntry(GemReference reference)
{
    public GemReference Object { get; } = reference;

    /// <summary>The fake mmap offset; 0 until somebody asks for it.</summary>
    public long Offset { get; set; }

    /// <summary>The global name; none until somebody asks for it.</summary>
    public GemName Name { get; set; }

    /// <summary>Other files that got a handle.</summary>
    public ImmutableArray<ulong> Sharers { get; set; } = [];

    /// <summary>Its place among those whose contents are not needed; null where they are.</summary>
    public LinkedListNode<GemEntry>? Purgeable { get; set; }

    /// <summary>Its memory counts against the device's limit: it is its own, and has not gone.</summary>
    public bool IsCounted { get; set; }

    internal ulong File { get; set; }

    internal GemEntry? Next { get; set; }

    internal GemEntry? Previous { get; set; }
}

/// <summary>
/// Which objects a file made, as linked lists: adding and removing cost the same with one object and with a million. The few that a file got from
/// another are in a set beside it.
/// </summary>
internal sealed class FileObjects
{
    private readonly Dictionary<ulong, GemEntry> _heads = [];
    private readonly Dictionary<ulong, Dictionary<ulong, GemEntry>> _shared = [];

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

    /// <summary>Notes a handle of a file that did not make the object.</summary>
    public void Share(ulong file, GemEntry entry)
    {
        if (file == entry.File)
            return;
        if (!_shared.TryGetValue(file, out var shared))
            _shared.Add(file, shared = []);
        if (shared.TryAdd(entry.Object.Id, entry))
            entry.Sharers = entry.Sharers.Add(file);
    }

    /// <summary>The file is gone, and holds nothing of others any more.</summary>
    public void Unshare(ulong file)
    {
        if (!_shared.Remove(file, out var shared))
            return;
        foreach (var entry in shared.Values)
            entry.Sharers = entry.Sharers.Remove(file);
    }

    public void Remove(GemEntry entry)
    {
        foreach (var file in entry.Sharers)
            if (_shared.TryGetValue(file, out var shared) && shared.Remove(entry.Object.Id) && shared.Count == 0)
                _shared.Remove(file);
        if (entry.File == 0)
            return;
        if (entry.Next is not null)
            entry.Next.Previous = entry.Previous;
        if (entry.Previous is not null)
            entry.Previous.Next = entry.Next;
        else if (entry.Next is not null)
            _heads[entry.File] = entry.Next;
        else
            _heads.Remove(entry.File);
    }

    public IEnumerable<GemEntry> Of(ulong file)
    {
        for (var entry = _heads.GetValueOrDefault(file); entry is not null; entry = entry.Next)
            yield return entry;
        foreach (var entry in _shared.GetValueOrDefault(file)?.Values.OrderBy(e => e.Object.Id) ?? Enumerable.Empty<GemEntry>())
            yield return entry;
    }
}
