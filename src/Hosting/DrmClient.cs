namespace DrmActors.Hosting;

/// <summary>Who opens a card: what the kernel would know of the process. User 0 is root, and authenticated from the start.</summary>
public sealed record DrmClient(int ProcessId, int UserId)
{
    /// <summary>This process, with root's rights: a host that made the card may do with it what it likes.</summary>
    public static DrmClient Host { get; } = new(Environment.ProcessId, UserId: 0);

    /// <summary>This process as an ordinary user: master only if it opens first, else authenticated by the master.</summary>
    public static DrmClient Unprivileged { get; } = new(Environment.ProcessId, UserId: 1000);
}
