using DrmActors.Hardware.Time;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Stressing.Processes;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Tests.Workloads;

public class RealClientTests
{
    public static TheoryData<string> Kinds => [.. CallKinds.All.Select(k => k.Name)];

    // Whatever the file answers: what counts is that no kind of call is left out in silence.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Processes_should_make_every_kind_of_call(string kind)
    {
        using var clock = new RealClock();
        var client = new RealClient(clock, ["/dev/null"]);
        client.Run(new OpenCall(Root: true));
        client.Run(CallKinds.All.Single(k => k.Name == kind).Draw(new Seed(1)));
        client.CloseAll();
    }
}
