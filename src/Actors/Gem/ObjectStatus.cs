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

/// <summary>What of an object is looked at from beside: its actor publishes, anybody reads.</summary>
internal sealed class ObjectStatus
{
    private volatile int _handles;
    private volatile bool _hasDmaBuf;
    private volatile ObjectAdvice _advice;

    /// <summary>Of all files.</summary>
    public int Handles
    {
        get => _handles;
        set => _handles = value;
    }

    /// <summary>One that further exports give, or that it was imported from.</summary>
    public bool HasDmaBuf
    {
        get => _hasDmaBuf;
        set => _hasDmaBuf = value;
    }

    public ObjectAdvice Advice
    {
        get => _advice;
        set => _advice = value;
    }

    /// <summary>As the accounting has it: others may have it too.</summary>
    public bool IsShared => _handles > 1 || _hasDmaBuf;
}
