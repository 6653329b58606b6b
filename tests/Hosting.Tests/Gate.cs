using Akka.Actor;
using DrmActors.Actors.Protocol;

namespace DrmActors.Hosting.Tests;

/// <summary>An actor stops at it when its turn comes, until it is opened.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new();

    public Gate(IActorRef actor) =>
        actor.Tell(
            new Watched(
                new InjectedCrash("nothing", Below: "nobody"),
                _ =>
                {
                    _reached.SetResult();
                    _open.Task.Wait();
                },
                _ => { }),
            ActorRefs.NoSender);

    public Task Reached => _reached.Task;

    public void Open() => _open.TrySetResult();

    public void Dispose() => Open();
}
