using DrmActors.Actors.Prime;

namespace DrmActors.Actors.Gem;

/// <summary>Whether the contents of an object count.</summary>
internal enum ObjectAdvice
{
    Needed,

    /// <summary>They may go when memory is short.</summary>
    NotNeeded,

    /// <summary>They have gone, for good.</summary>
    Purged,
}

/// <summary>What of an object is known beside its actor, to anybody.</summary>
/// <param name="isImported">It is around another device's memory.</param>
internal sealed class ObjectStatus(GemServices gem, bool isImported)
{
    private volatile int _handles;
    private volatile ObjectAdvice _advice;
    private ObjectExports? _exports;

    /// <summary>Of all files. Its actor publishes.</summary>
    public int Handles
    {
        get => _handles;
        set => _handles = value;
    }

    /// <summary>Its actor publishes.</summary>
    public ObjectAdvice Advice
    {
        get => _advice;
        set => _advice = value;
    }

    /// <summary>Made at the first look, for most objects never.</summary>
    public ObjectExports Exports => Volatile.Read(ref _exports) ?? Interlocked.CompareExchange(ref _exports, new ObjectExports(gem), null) ?? _exports;

    /// <summary>Null where it never was exported.</summary>
    public ObjectExports? ExportsIfAny => Volatile.Read(ref _exports);

    /// <summary>As the accounting has it: others may have it too.</summary>
    public bool IsShared => _handles > 1 || isImported || ExportsIfAny is { HasKept: true };
}
