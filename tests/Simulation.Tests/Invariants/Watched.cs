using DrmActors.Actors.Protocol;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>A run that is told by hand: what clients would have seen.</summary>
internal sealed class Watched(params Invariant[] invariants)
{
    public RunWatch Watch { get; } = new(invariants);

    public ObservedCall Begin(int client, ulong file, IIoctl call) => Watch.Begin(client, 0, file, call);

    public void End(ObservedCall call, Errno errno = Errno.None, object? value = null) => Watch.End(call, errno, value);

    public void Call(int client, ulong file, IIoctl call, object? value = null) => End(Begin(client, file, call), Errno.None, value);

    public void Fail(int client, ulong file, IIoctl call, Errno errno) => End(Begin(client, file, call), errno);

    public void Open(int client, ulong file)
    {
        var call = Begin(client, 0, new OpenCard(0, new Credentials(1, 0)));
        call.File = file;
        End(call);
    }

    public static void Violates<T>(Action what)
        where T : Invariant, new() => Assert.Equal(typeof(T).Name, Assert.Throws<InvariantException>(what).Invariant);
}
