using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>Seeded worlds from the command line.</summary>
public sealed class ExploreTests : IDisposable
{
    private static readonly string Runtime = typeof(Akka.Actor.ActorSystem).Assembly.GetName().Name == "Akka" ? "Akka" : "Embedded";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-explore");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Explore_should_say_what_it_covered()
    {
        var (code, output, error) = DrmProgram("explore", "--seeds", "20", "--clients", "3", "--calls", "20", "--board", "vkms");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("20 seeds from 0, random, 3 clients of 20 calls on vkms: 20 distinct traces, ", output, StringComparison.Ordinal);
        Assert.EndsWith("; nothing broken\n", output, StringComparison.Ordinal);
    }

    // A run that may have only so many steps breaks for certain.
    [Fact]
    public void What_is_found_should_be_replayed_in_every_process_alike()
    {
        var (code, output, _) = DrmProgram("explore", "--seeds", "1", "--from", "5", "--clients", "2", "--calls", "5", "--steps", "100", "--out", _folder.FullName);
        var file = Path.Combine(_folder.FullName, "race-5.json");
        var replays = Enumerable.Range(0, 3).Select(_ => DrmProgram("replay", file)).ToList();

        Assert.Equal(1, code);
        Assert.Contains("livelock", output, StringComparison.Ordinal);
        Assert.All(replays, r => Assert.Equal((1, ""), (r.Code, r.Error)));
        Assert.Single(replays.Select(r => r.Output.Split('\n')[^2]).Distinct());
        Assert.StartsWith("Livelock: ", replays[0].Output.Split('\n')[^2], StringComparison.Ordinal);
        Assert.Contains("drm  <-  main.1: BootBoard", replays[0].Output, StringComparison.Ordinal);
        Assert.Contains("drm  <-  main.1: BootBoard", File.ReadAllText(Path.Combine(_folder.FullName, "race-5.txt")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--workload", "no-such")]
    [InlineData("--seeds", "0")]
    [InlineData("--clients", "x")]
    [InlineData("--strategy", "luck")]
    [InlineData("--board", "rk9999")]
    public void Explore_should_name_what_was_wrong_with_its_arguments(string option, string value)
    {
        var (code, _, error) = DrmProgram("explore", option, value);

        Assert.Equal(2, code);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights { opne = 1 }", "opne")]
    [InlineData("weights { open = 0, close = 0 }", "weight")]
    [InlineData("weights { open = -1 }", "-1")]
    [InlineData("weights { open = ", "mix.conf")]
    public void A_broken_mix_should_be_named(string text, string named)
    {
        var file = Path.Combine(_folder.FullName, "mix.conf");
        File.WriteAllText(file, text);

        var (code, _, error) = DrmProgram("explore", "--seeds", "1", "--workload", file);

        Assert.Equal(2, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_file_that_cannot_be_used_should_be_named()
    {
        DrmProgram("explore", "--seeds", "1", "--clients", "1", "--calls", "2", "--steps", "100", "--out", _folder.FullName);
        var file = Path.Combine(_folder.FullName, "race-0.json");
        var whole = File.ReadAllText(file);

        Assert.Contains("truncated", Replaying(whole[..(whole.Length / 2)]), StringComparison.Ordinal);
        Assert.Contains("version: found '0.9'", Replaying(whole.Replace("\"version\":\"1.0.0.0\"", "\"version\":\"0.9\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("runtime: found 'Orleans'", Replaying(whole.Replace($"\"runtime\":\"{Runtime}\"", "\"runtime\":\"Orleans\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("no-such.json", DrmProgram("replay", "no-such.json").Error, StringComparison.Ordinal);

        string Replaying(string text)
        {
            File.WriteAllText(file, text);
            var (code, _, error) = DrmProgram("replay", file);
            Assert.Equal(2, code);
            Assert.Contains(file, error, StringComparison.Ordinal);
            return error;
        }
    }
}
