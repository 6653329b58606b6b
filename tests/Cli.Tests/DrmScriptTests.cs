using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>The script in front of dotnet, run as a user runs it.</summary>
public sealed class DrmScriptTests
{
    [Fact]
    public void Help_should_list_the_commands()
    {
        var (code, output, _) = Drm(["--help"]);

        Assert.Equal(0, code);
        Assert.All(["setup", "demo", "test [FILTER]", "bench", "build", "run [OPTIONS] -- PROGRAM", "serve --socket PATH", "env --socket PATH"], command => Assert.Contains($"\n  {command}", output));
    }

    [Fact]
    public void An_unknown_actor_runtime_should_be_an_error_that_names_the_allowed_ones()
    {
        var (code, _, error) = Drm(["setup"], ("DRM_ACTOR_RUNTIME", "proto"));

        Assert.Equal(2, code);
        Assert.Equal("drm: the actor runtime is 'proto'; allowed are Embedded and Akka", error.Trim());
    }

    [Theory]
    [InlineData("DRM_ACTOR_RUNTIME", "eMBEDDED", "Embedded")]
    [InlineData("ActorRuntime", "akka", "Akka")]
    public void An_actor_runtime_should_be_accepted_in_any_spelling(string variable, string spelling, string normalized)
    {
        var (code, _, error) = Drm(["setup"], (variable, spelling));

        Assert.Equal(0, code);
        Assert.StartsWith($"Actor runtime: {normalized},", error);
    }

    [Fact]
    public void A_feed_that_cannot_be_reached_should_be_an_error_and_no_choice()
    {
        var packages = Directory.CreateTempSubdirectory("drm-packages");
        try
        {
            // Port 9 of this machine: nothing listens there.
            var (code, _, error) = Drm(
                ["setup"],
                ("RestoreSources", "https://127.0.0.1:9/index.json"),
                ("NUGET_PACKAGES", packages.FullName));

            Assert.Equal(2, code);
            Assert.Contains("the package feed did not answer", error);
        }
        finally
        {
            packages.Delete(recursive: true);
        }
    }

    [Fact]
    public void Sums_should_cover_all_projects_and_give_the_reason_of_each_skip()
    {
        const string Trx = """
              <Results>
                <UnitTestResult executionId="1" testName="A.passes" duration="00:00:00" outcome="Passed" />
                <UnitTestResult executionId="2" testName="A.fails" outcome="Failed">
                  <Output><ErrorInfo><Message>wrong</Message></ErrorInfo></Output>
                </UnitTestResult>
                <UnitTestResult executionId="3" testName="A.skips(x: &quot;y&quot;)" outcome="NotExecuted">
                  <Output>
                    <StdOut>needs &lt;gcc&gt;</StdOut>
                  </Output>
                </UnitTestResult>
              </Results>
            """;

        var (code, output, _) = Run("awk", ["-f", Path.Combine(Root, ".ci", "totals.awk")], Trx + "\n" + Trx);

        const string Skip = "skipped: A.skips(x: \"y\"): needs <gcc>\n";
        Assert.Equal(0, code);
        Assert.Equal($"{Skip}{Skip}2 passed, 2 failed, 2 skipped\n", output);
    }
}
