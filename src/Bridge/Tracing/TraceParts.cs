using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tracing;

/// <summary>The parts of a traced call, alike in text and JSON.</summary>
internal static class TraceParts
{
    private const int FirstRenderMinor = 128;

    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Values = new();

    public static string Node(int minor) =>
        minor < 0 ? "descriptor" : string.Create(CultureInfo.InvariantCulture, $"{(minor < FirstRenderMinor ? "card" : "renderD")}{minor}");

    /// <summary>Null where nothing was understood of it.</summary>
    public static object? Argument(TracedCall call) => call.Call is RefusedIoctl refused ? refused.Call : call.Call;

    /// <summary>What the call tells beside its error number; null for nothing.</summary>
    public static object? Answer(TracedCall call) =>
        call.Reply is { } reply && ValueOf(reply.GetType())?.GetValue(reply) is { } value and not Done ? value : null;

    /// <summary>What a call that succeeded returns: bytes for a read, else 0.</summary>
    public static int Result(TracedCall call) => Answer(call) is EventBatch batch ? batch.Events.Sum(e => e.Length) : 0;

    private static PropertyInfo? ValueOf(Type reply) => Values.GetOrAdd(reply, static t => t.GetProperty(nameof(Reply<Done>.Value)));
}
