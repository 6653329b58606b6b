using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Callbacks that come in pairs, of each object: what begins ends, once, and not after the object. Each can be made to refuse. Thread-safe.</summary>
internal sealed class PrimeCounts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string What, ulong Gem), int> _open = [];
    private readonly Dictionary<string, int> _begun = [];
    private readonly HashSet<ulong> _freed = [];
    private readonly List<string> _wrong = [];

    /// <summary>What is refused, and how.</summary>
    public Dictionary<string, Errno> Refused { get; } = [];

    public int Begun(string what)
    {
        lock (_lock)
            return _begun.GetValueOrDefault(what);
    }

    public int Open(string what)
    {
        lock (_lock)
            return _open.Where(o => o.Key.What == what).Sum(o => o.Value);
    }

    public Errno Refusal(string what) => Refused.GetValueOrDefault(what);

    public Errno Begin(string what, ulong gem)
    {
        lock (_lock)
        {
            if (_freed.Contains(gem))
                _wrong.Add($"{what} begins on {gem}, which is freed");
            if (Refusal(what) is not Errno.None and var errno)
                return errno;
            _open[(what, gem)] = _open.GetValueOrDefault((what, gem)) + 1;
            _begun[what] = _begun.GetValueOrDefault(what) + 1;
            return Errno.None;
        }
    }

    /// <param name="mayFollowFree">It is about what is left when the object is gone.</param>
    public void End(string what, ulong gem, bool mayFollowFree = false)
    {
        lock (_lock)
        {
            if (_freed.Contains(gem) && !mayFollowFree)
                _wrong.Add($"{what} ends on {gem} after it is freed");
            if (_open.GetValueOrDefault((what, gem)) == 0)
                _wrong.Add($"{what} ends on {gem} and had not begun");
            else
                _open[(what, gem)]--;
        }
    }

    public void Free(ulong gem)
    {
        lock (_lock)
            if (!_freed.Add(gem))
                _wrong.Add($"{gem} is freed twice");
    }

    public void AssertPaired()
    {
        lock (_lock)
        {
            Assert.Empty(_wrong);
            Assert.DoesNotContain(_open, o => o.Value != 0);
        }
    }
}
