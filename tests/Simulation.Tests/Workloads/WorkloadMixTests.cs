using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>A mix says what it wants; what is wrong with one is told with where, what, and what is allowed.</summary>
public sealed class WorkloadMixTests
{
    [Fact]
    public void Every_kind_of_call_should_be_in_a_mix() => Assert.Empty(CallKinds.All.Select(k => k.Name).Except(
        WorkloadMix.Standard.Weights.Concat(WorkloadMix.Load("sharing").Weights).Where(w => w.Weight > 0).Select(w => w.Kind.Name)));

    [Fact]
    public void Calls_should_be_drawn_in_proportion_to_their_weights()
    {
        var mix = WorkloadMix.Parse("weights { map = 3, unmap = 1, open = 0 }", "my.conf");
        Assert.Equal(["map", "map", "map", "unmap"], Enumerable.Range(0, mix.Total).Select(n => mix.At(n).Name));
    }

    [Fact]
    public void The_order_of_the_lines_should_not_matter() => Assert.Equal(
        Draw("weights { map = 3, unmap = 1 }"), Draw("weights { unmap = 1, map = 3 }"));

    [Theory]
    [InlineData("weights {\n  map = 1\n  mapp = 1\n}", "my.conf:3: weights.mapp: found an unknown key; allowed: ", "did you mean map?")]
    [InlineData("weights {\n  map = -1\n}", "my.conf:2: weights.map: found '-1'; allowed: a whole number from 0 to 1000000", "")]
    [InlineData("weights {\n  map = often\n}", "my.conf:2: weights.map: found 'often'; allowed: a whole number", "")]
    [InlineData("weights {\n  map = 1.5\n}", "my.conf:2: weights.map: found '1.5'; allowed: a whole number", "")]
    [InlineData("weights {\n  map = 2000000\n}", "my.conf:2: weights.map: found '2000000'; allowed: a whole number", "")]
    [InlineData("weights {\n  map = 0\n}", "my.conf:1: weights: found no weight above 0; allowed: ", "")]
    [InlineData("weights {\n}", "my.conf:1: weights: found no weight above 0; allowed: ", "")]
    [InlineData("", "my.conf:1: weights: found no such key; allowed: a section in braces", "")]
    [InlineData("weight { map = 1 }", "my.conf:1: weight: found an unknown key; allowed: weights", "did you mean weights?")]
    [InlineData("weights = 3", "my.conf:1: weights: found a value; allowed: a section in braces", "")]
    [InlineData("weights {\n  map = 1\n  map = 2\n}", "my.conf:3: weights.map: found the key again; allowed: each key once", "")]
    [InlineData("weights { map = ", "my.conf:", "allowed: HOCON")]
    public void What_is_wrong_should_be_told(string text, string begins, string contains)
    {
        var message = Assert.Throws<WorkloadMixException>(() => WorkloadMix.Parse(text, "my.conf")).Message;
        Assert.StartsWith(begins, message, StringComparison.Ordinal);
        Assert.Contains(contains, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonesuch", "nonesuch: found no mix of that name")]
    [InlineData("./nonesuch.conf", "./nonesuch.conf: found Could not find file")]
    public void A_mix_that_is_not_there_should_be_told(string name, string begins) =>
        Assert.StartsWith(begins, Assert.Throws<WorkloadMixException>(() => WorkloadMix.Load(name)).Message, StringComparison.Ordinal);

    private static string Draw(string mix) => WorkloadGenerator.Make(WorkloadMix.Parse(mix, "my.conf"), new Seed(1), 1, 50).ToJson();
}
