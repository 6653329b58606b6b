using System.Collections.Immutable;
using System.Text.Json;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>Workloads are data.</summary>
public sealed class WorkloadTests
{
    private const string OneOfEach = """
        {"clients":[[{"call":"open","root":true},{"call":"create-dumb","width":64,"height":32,"bpp":16},{"call":"together","calls":[{"call":"map","slot":3}]}],[]]}
        """;

    [Fact]
    public void A_seed_should_always_draw_the_same_workload() => Assert.Equal(Draw(1).ToJson(), Draw(1).ToJson());

    [Fact]
    public void Seeds_should_draw_different_workloads() => Assert.NotEqual(Draw(1).ToJson(), Draw(2).ToJson());

    [Fact]
    public void A_workload_should_have_the_calls_that_were_asked_for()
    {
        var workload = Draw(1);
        Assert.Equal([30, 30, 30], workload.Clients.Select(c => c.Length));
        Assert.Equal(90, workload.CallCount);
        Assert.All(workload.Clients, c => Assert.IsType<OpenCall>(c[0]));
    }

    [Fact]
    public void Json_should_come_back_as_it_was()
    {
        for (var seed = 0; seed < 50; seed++)
            Assert.Equal(Draw(seed).ToJson(), Workload.FromJson(Draw(seed).ToJson()).ToJson());
    }

    [Fact]
    public void Every_kind_of_call_should_come_back_from_json()
    {
        foreach (var kind in CallKinds.Everything)
        {
            var call = kind.Draw(new Seed(1));
            var back = Workload.FromJson(new Workload([[call]]).ToJson()).Clients[0][0];
            Assert.Equal((kind.Name, kind.Type), (CallKinds.NameOf(back), back.GetType()));
            if (call is not TogetherCall)
                Assert.Equal(call, back);
        }
    }

    [Fact]
    public void Json_should_have_stable_names()
    {
        Workload workload = new([[new OpenCall(true), new CreateDumbCall(64, 32, 16), new TogetherCall([new MapCall(3)])], []]);
        Assert.Equal(OneOfEach.Trim(), workload.ToJson());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"clients":[null]}""")]
    [InlineData("""{"clients":[[null]]}""")]
    [InlineData("""{"clients":[[{"call":"fly"}]]}""")]
    [InlineData("""{"clients":[[{"slot":1}]]}""")]
    [InlineData("""{"clients":[[{"call":"map"}]]}""")]
    [InlineData("""{"clients":[[{"call":"map","slot":1,"height":2}]]}""")]
    [InlineData("""{"clients":[[{"call":"map","slot":"one"}]]}""")]
    [InlineData("""{"clients":[[{"call":"together"}]]}""")]
    [InlineData("""{"clients":[[{"call":"together","calls":[null]}]]}""")]
    [InlineData("""{"clients":[[{"call":"map","slot":1}]""")]
    public void Json_that_is_no_workload_should_be_refused(string json) => Assert.Throws<JsonException>(() => Workload.FromJson(json));

    [Fact]
    public void Slots_should_be_taken_modulo_what_there_is()
    {
        var slots = new Slots<string>(most: 2);
        Assert.Null(slots.At(3));
        slots.Add("a");
        slots.Add("b");
        slots.Add("c");
        Assert.Equal(["b", "c", "b"], new[] { 0, 1, 2 }.Select(slots.At));
        Assert.Equal("c", slots.At(-1));
        slots.Remove("b");
        Assert.Equal("c", slots.At(64));
        Assert.Equal(["c"], slots.TakeAll());
        Assert.Equal(0, slots.Count);
    }

    private static Workload Draw(int seed) => WorkloadGenerator.Make(WorkloadMix.Standard, new Seed(seed), clients: 3, calls: 30);
}
