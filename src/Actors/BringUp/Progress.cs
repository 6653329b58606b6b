using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// How a step stands: done, failed, or waiting for a message. Nothing blocks: who runs the step offers each message that comes to
/// <see cref="Next"/>, which says how the step stands then, or null where the message is none of its own.
/// </summary>
/// <param name="Detail">Of a failure: which part of the step, if it has parts.</param>
internal sealed record Progress(Errno Errno, string Detail, Func<object, Progress?>? Next)
{
    public static readonly Progress Done = new(Errno.None, "", null);

    public bool IsWaiting => Next is not null;

    public static Progress Ended(Errno errno, string detail = "") => errno == Errno.None ? Done : new(errno, detail, null);

    public static Progress Until(Func<object, Progress?> next) => new(Errno.None, "", next);

    /// <summary>Goes on with the outcome when this is no longer waiting.</summary>
    public Progress Then(Func<Errno, Progress> goOn) =>
        Next is { } next ? Until(message => next(message)?.Then(goOn)) : goOn(Errno);
}
