using System.Globalization;
using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tracing;

/// <summary>
/// Who sent what to whom, in order, a line each: number, virtual time, receiver, sender, message, and what of the receiver's state it has changed.
/// </summary>
/// <param name="memory">Of the world's host.</param>
internal sealed class RunTrace(World world, Arena memory, TextWriter output)
{
    private readonly Dictionary<string, ActorStates> _states = new(StringComparer.Ordinal);
    private (int Objects, long Pages) _held;
    private long _number;
    private string? _line;
    private string _receiver = "";

    /// <returns>What the receiver is to get in its place.</returns>
    public Envelope Add(Lane lane, Envelope envelope)
    {
        Flush();
        _receiver = lane.Name;
        _number++;
        _line = IsLook(envelope.Message) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{_number,6}  {world.Clock.Now / 1e9:f6}  {MessageText.NameOf(lane.Name)}  <-  {MessageText.Of(envelope.Sender)}: {MessageText.Of(envelope.Message)}");
        // What the runtime itself takes must stay what it is.
        return lane.IsOfHost && envelope.Message is not IAutoReceivedMessage
            ? new Envelope(new Watched(envelope.Message, actor => Show(lane.Name, actor), Fail), envelope.Sender)
            : envelope;
    }

    /// <summary>A line of its own: what a client does.</summary>
    public void Say(string text)
    {
        Flush();
        output.WriteLine($"        {text}");
    }

    // Writes the line of the last message, now that its receiver is done with it.
    private void Flush()
    {
        if (_line is null)
            return;
        var changes = _states.TryGetValue(_receiver, out var states) ? states.Changes() : "";
        var usage = memory.Usage;
        if (_held != (usage.Objects, usage.Pages))
        {
            _held = (usage.Objects, usage.Pages);
            changes += $"{(changes.Length == 0 ? "" : "; ")}memory: {usage.Objects} blocks, {usage.Pages} pages";
        }

        output.WriteLine(changes.Length == 0 ? _line : $"{_line}  |  {changes}");
        _line = null;
    }

    // Who looks at what is held changes nothing, and looks often.
    private static bool IsLook(object message) => message is ListObjects or ListHolders or Reply<ObjectList> or Reply<HolderList>;

    private void Fail(Exception e) => _line += $"  |  crashes: {e.Message}";

    private void Show(string lane, DrmActor actor)
    {
        if (!_states.TryGetValue(lane, out var states) || states.Actor != actor)
            _states[lane] = new ActorStates(actor);
    }
}
