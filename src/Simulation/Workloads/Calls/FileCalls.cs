using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

internal sealed record OpenCall(bool Root) : WorkloadCall
{
    public static OpenCall Draw(Seed seed) => new(seed.OneIn(2));

    public override Task<Errno> RunAsync(WorkloadClient client) => client.OpenAsync(Root);
}

/// <param name="Waiting">While a WAIT_VBLANK of the same file is under way.</param>
internal sealed record CloseCall(bool Waiting) : WorkloadCall
{
    public static CloseCall Draw(Seed seed) => new(seed.OneIn(2));

    public override Task<Errno> RunAsync(WorkloadClient client) => WaitBeside.RunAsync(client, Waiting, client.CloseAsync);
}

/// <param name="Crash">The file's actor throws; else it is stopped, as for a client that is killed.</param>
/// <param name="Waiting">While a WAIT_VBLANK of the same file is under way.</param>
internal sealed record DieCall(bool Crash, bool Waiting) : WorkloadCall
{
    public static DieCall Draw(Seed seed) => new(seed.OneIn(2), seed.OneIn(2));

    public override Task<Errno> RunAsync(WorkloadClient client) => WaitBeside.RunAsync(client, Waiting, () => client.DieAsync(Crash));
}

internal static class WaitBeside
{
    private const int Vblanks = 2;

    // The wait is answered too, however the file ends.
    public static async Task<Errno> RunAsync(WorkloadClient client, bool waiting, Func<Task<Errno>> end)
    {
        var wait = waiting ? client.ErrnoAsync(new WaitVblank(VblankFlags.Relative, Vblanks)) : Task.FromResult(Errno.None);
        var errno = await end();
        await wait;
        return errno;
    }
}
