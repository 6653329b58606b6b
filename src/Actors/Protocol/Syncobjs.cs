using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Syncobjs;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>The fence that a transfer has waited for is there. Local: syncobjs and fences are things of their host. To the file of the call.</summary>
/// <param name="Fence">Null where it has been signalled already.</param>
internal sealed record FinishTransfer(IActorRef Caller, Syncobj Destination, ulong Point, Fence? Fence);

/// <summary>Whoever made this very call, a wait, wants its answer no more. Nothing where it was answered. Local. To the file.</summary>
internal sealed record AbandonCall(IIoctl Call);
