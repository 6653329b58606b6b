namespace DrmActors.Hosting;

/// <summary>Who opens a card: what the kernel would know of the process. User 0 is root, and authenticated from the start.</summary>
/// <param name="Name">What the process calls itself, as the first 15 letters of its program's name. One that begins with X is taken for an X server,
/// which cannot be atomic.</param>
public sealed record DrmClient(int ProcessId, int UserId, string Name = "")
{
    /// <summary>This process, with root's rights: a host that made the card may do with it what it likes.</summary>
    public static DrmClient Host { get; } = new(Environment.ProcessId, UserId: 0);

    /// <summary>This process as an ordinary user: master only if it opens first, else authenticated by the master.</summary>
    public static DrmClient Unprivileged { get; } = new(Environment.ProcessId, UserId: 1000);
}
