using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests;

/// <summary>The crashes of a run: of whoever gets the messages of these numbers, from 0.</summary>
internal sealed record Crash
{
    private readonly List<string> _crashed = [];
    private int _count = -1;

    public int? At { get; init; }

    public int? Again { get; init; }

    /// <summary>Told of each message, by its kind and its receiver's.</summary>
    public Action<string>? OnMessage { get; init; }

    /// <summary>Messages do not count now.</summary>
    public bool IsOff { get; set; }

    public bool IsAt(Lane lane, Envelope envelope)
    {
        if (IsOff)
            return false;
        OnMessage?.Invoke($"{KindOf(envelope.Message)} to {KindOf(lane.Name)}");
        _count++;
        if (_count != At && _count != Again)
            return false;
        _crashed.Add(lane.Name);
        return true;
    }

    /// <summary>Whether the clients of a board may have noticed: those of another board must not, unless the crash ended all boards.</summary>
    public bool MayHit(DrmBoard board) => _crashed.Exists(name =>
        name is "/user/drm" or "/user/drm/aperture"
        || name.StartsWith($"/user/drm/card{board.Minor}", StringComparison.Ordinal)
        || name.StartsWith($"/user/drm/master-{board.Name}", StringComparison.Ordinal));

    private static string KindOf(object message) =>
        message is FileCall call ? $"{nameof(FileCall)} {call.Call.GetType().Name}" : message.GetType().Name;

    // Files and objects without their numbers.
    private static string KindOf(string name) => string.Join('/', name.Split('/').Select(part =>
        part.StartsWith("file-", StringComparison.Ordinal) ? "file" : uint.TryParse(part, out _) ? "object" : part));
}
