using System.Collections.Immutable;

namespace DrmActors.Hosting.Tests;

/// <summary>Something that is done some day.</summary>
internal sealed class ModelJob
{
    public bool IsDone { get; set; }
}

/// <summary>A point: its number, the one below it in its run of ascending ones, and what has to be done for it alone.</summary>
internal sealed record ModelPoint(ulong Number, int Run, ulong Below, ImmutableHashSet<ModelJob> Own)
{
    public bool IsOwnDone => Own.All(j => j.IsDone);
}

/// <summary>What a syncobj holds: points in the order in which they were added, the first of which may be none but a bare fence (run 0).</summary>
internal sealed record ModelFence(ImmutableList<ModelPoint> Points)
{
    public ModelPoint Last => Points[^1];

    public bool IsTimeline => Last.Run != 0;

    public bool IsDone => Points.TrueForAll(p => p.IsOwnDone);

    public ImmutableHashSet<ModelJob> Pending => [.. Points.SelectMany(p => p.Own).Where(j => !j.IsDone)];

    public static ModelFence Of(params IEnumerable<ModelJob> jobs) => new([new ModelPoint(0, 0, 0, [.. jobs])]);

    public bool Has(ulong point) => point == 0 || (IsTimeline && Last.Number >= point);

    /// <summary>What is to be waited for, and what a transfer takes: from the last point down, past those that are above or done. Null for done.</summary>
    public ModelFence? UpTo(ulong point)
    {
        if (point == 0 || !IsTimeline)
            return this;
        var at = Points.Count - 1;
        while (at >= 0 && Points[at].Run == Last.Run && Points[at].Below >= point)
            at = Before(at);
        return at < 0 ? null : new ModelFence(Points.GetRange(0, at + 1));
    }

    public ulong Query(bool submitted)
    {
        if (!IsTimeline)
            return 0;
        if (submitted || IsDone)
            return Last.Number;
        var oldest = Points.Count - 1;
        for (var at = Before(oldest); at >= 0 && Points[at].Run == Last.Run; at = Before(at))
            oldest = at;
        return Points[oldest].Below;
    }

    private int Before(int at) => at == 0 ? -1 : Points.FindLastIndex(at - 1, at, p => !p.IsOwnDone);
}

/// <summary>A syncobj, whoever has handles of it.</summary>
internal sealed class ModelSyncobj
{
    private static int _runs;

    public ModelFence? Held { get; set; }

    /// <summary>A fence at a point; at 0 for all that there was.</summary>
    public void Put(ulong point, ModelFence fence)
    {
        if (point == 0)
            Held = fence;
        else
            Add(point, fence.Pending);
    }

    public void Add(ulong point, params IEnumerable<ModelJob> own)
    {
        var added = Held is { IsTimeline: true, Last: var last }
            ? point > last.Number
                ? new ModelPoint(point, last.Run, last.Number, [.. own])
                : new ModelPoint(last.Number, ++_runs, 0, [.. own])
            : new ModelPoint(point, ++_runs, 0, [.. own]);
        Held = new ModelFence((Held?.Points ?? []).Add(added));
    }
}

/// <summary>A wait that is under way: what it has found stays found, whatever the syncobj holds later.</summary>
internal sealed class ModelWait(IReadOnlyList<(ModelSyncobj Syncobj, ulong Point)> points, bool all, bool available)
{
    private readonly ModelFence?[] _found = new ModelFence?[points.Count];
    private readonly bool[] _isFound = new bool[points.Count];

    private int? _early;

    /// <summary>What it tells when it ends: the lowest that has come; of a wait for all, the lowest that had come at the first look, or -1.</summary>
    public int First { get; private set; }

    /// <summary>Whether it ends.</summary>
    public bool Look()
    {
        var (first, come) = (-1, 0);
        for (var i = 0; i < points.Count; i++)
        {
            if (!_isFound[i] && points[i].Syncobj.Held is { } held && held.Has(points[i].Point))
                (_isFound[i], _found[i]) = (true, held.UpTo(points[i].Point));
            if (!_isFound[i] || !(available || _found[i] is null or { IsDone: true }))
                continue;
            first = first < 0 ? i : first;
            come++;
        }

        _early ??= first;
        First = all ? _early.Value : first;
        return come == points.Count || (come > 0 && !all);
    }
}
