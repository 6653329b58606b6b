using System.Globalization;
using Akka.Actor;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tracing;

/// <summary>Who sent what to whom, in order, a line each: number, virtual time, receiver, sender, message.</summary>
internal sealed class RunTrace(World world, TextWriter output)
{
    private long _number;

    public void Add(Lane lane, Envelope envelope) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{++_number,6}  {world.Clock.Now / 1e9:f6}  {lane.Name}  <-  {MessageText.Of(envelope.Sender)}: {MessageText.Of(envelope.Message)}"));
}
