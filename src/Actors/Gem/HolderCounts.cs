using System.Collections.Immutable;
using DrmActors.Actors.Protocol;

namespace DrmActors.Actors.Gem;

/// <summary>
/// How often each holder holds an object. Nearly every object has one or two holders (a file, a framebuffer), so the first stands in
/// the struct and the others in a list that is made when there is a second.
/// </summary>
internal struct HolderCounts
{
    private Holder _first;
    private int _firstCount;
    private List<(Holder Holder, int Count)>? _others;

    public readonly bool IsEmpty => _firstCount == 0 && _others is null or { Count: 0 };

    public readonly bool Has(Holder holder) =>
        (_firstCount > 0 && _first == holder) || (_others is not null && IndexOf(holder) >= 0);

    public readonly bool AreAll(HolderKind kind) =>
        (_firstCount == 0 || _first.Kind == kind) && (_others is null || _others.TrueForAll(o => o.Holder.Kind == kind));

    public void Add(Holder holder)
    {
        if (_firstCount == 0 && _others is null or { Count: 0 })
            (_first, _firstCount) = (holder, 1);
        else if (_firstCount > 0 && _first == holder)
            _firstCount++;
        else if (_others is not null && IndexOf(holder) is >= 0 and var i)
            _others[i] = (holder, _others[i].Count + 1);
        else
            (_others ??= new(1)).Add((holder, 1));
    }

    /// <summary>False where the holder holds nothing.</summary>
    public bool Remove(Holder holder)
    {
        if (_firstCount > 0 && _first == holder)
        {
            _firstCount--;
            return true;
        }

        var i = IndexOf(holder);
        if (i < 0)
            return false;
        if (_others![i].Count > 1)
            _others[i] = (holder, _others[i].Count - 1);
        else
            _others.RemoveAt(i);
        return true;
    }

    public readonly ImmutableArray<HolderCount> ToImmutableArray()
    {
        var others = _others?.Select(o => new HolderCount(o.Holder, o.Count)) ?? [];
        return _firstCount > 0 ? [new HolderCount(_first, _firstCount), .. others] : [.. others];
    }

    private readonly int IndexOf(Holder holder)
    {
        for (var i = 0; i < (_others?.Count ?? 0); i++)
            if (_others![i].Holder == holder)
                return i;
        return -1;
    }
}
