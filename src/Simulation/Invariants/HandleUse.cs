using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>What a call on a handle table has shown of it.</summary>
internal enum HandleEffect
{
    /// <summary>Nothing: it failed for another reason.</summary>
    None,

    /// <summary>A handle that was free is held.</summary>
    Given,

    /// <summary>A handle that was held is free.</summary>
    Taken,

    /// <summary>It is held.</summary>
    Found,

    /// <summary>It is held from now on, and may have been before: an import.</summary>
    Kept,

    /// <summary>It is free.</summary>
    Missed,
}

/// <summary>An operation on the handle table of a file, between two moments.</summary>
internal readonly record struct HandleUse(HandleEffect Effect, uint Handle, long Began, long Ended)
{
    public static bool IsOne(IIoctl call) =>
        call is ModeCreateDumb or GemOpen or PrimeFdToHandle or PrimeHandleToFd or ModeGetFb or ModeGetFb2 or GemClose { Pad: 0 } or ModeDestroyDumb or ModeMapDumb or GemFlink;

    /// <summary>The handles that a call has made, whatever there was before.</summary>
    public static ImmutableArray<GemHandle> Given(ObservedCall call) => call switch
    {
        { Ok: false } => [],
        { Value: DumbBuffer made } => [made.Handle],
        { Value: GemOpened opened } => [opened.Handle],
        { Value: ModeFb { Handle.IsNone: false } fb } => [fb.Handle],
        { Value: ModeFb2 fb } => [.. fb.Planes.Select(p => p.Handle).Where(h => !h.IsNone).Distinct()],
        _ => [],
    };

    /// <summary>What an answered call did; at least one.</summary>
    public static IEnumerable<HandleUse> Of(ObservedCall call)
    {
        var given = Given(call);
        foreach (var handle in given)
            yield return new HandleUse(HandleEffect.Given, handle.Value, call.Began, call.Ended);
        if (!given.IsEmpty)
            yield break;
        var (used, done, missing) = call.Call switch
        {
            GemClose close => (close.Handle, HandleEffect.Taken, Errno.EINVAL),
            ModeDestroyDumb destroy => (destroy.Handle, HandleEffect.Taken, Errno.EINVAL),
            ModeMapDumb map => (map.Handle, HandleEffect.Found, Errno.ENOENT),
            GemFlink flink => (flink.Handle, HandleEffect.Found, Errno.ENOENT),
            PrimeHandleToFd export => (export.Handle, HandleEffect.Found, Errno.ENOENT),
            PrimeFdToHandle when call.Value is PrimeImported imported => (imported.Handle, HandleEffect.Kept, Errno.None),
            _ => (default, HandleEffect.None, Errno.None),
        };
        var effect = call.Ok ? done : call.Errno == missing && !call.IsInjected ? HandleEffect.Missed : HandleEffect.None;
        yield return new HandleUse(effect, used.Value, call.Began, call.Ended);
    }
}
