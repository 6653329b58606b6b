namespace DrmActors.Actors.Protocol;

/// <summary>In place of a message: the actor shows itself to who watches it, and takes the message. Traces send these, nobody else.</summary>
/// <param name="Failed">Told of the exception where the actor crashes over it.</param>
internal sealed record Watched(object Message, Action<DrmActor> Shown, Action<Exception> Failed);
