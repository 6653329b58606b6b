namespace DrmActors.Messages;

/// <summary>The process that makes a call, where that is not the one that opened the file.</summary>
public sealed record Caller(int ProcessId, int UserId)
{
    public bool IsRoot => UserId == 0;
}

/// <summary>A call whose answer depends on who makes it, and not only on the file.</summary>
public interface IJudgedByCaller : IIoctl
{
    /// <summary>Null for the process that opened the file.</summary>
    Caller? Caller { get; }

    /// <summary>The same call, made by somebody.</summary>
    IIoctl By(Caller caller);
}
