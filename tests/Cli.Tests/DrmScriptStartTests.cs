using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>When the script builds before it starts the program: in a tree of its own, with a dotnet that says what it is asked for.</summary>
public sealed class DrmScriptStartTests : IDisposable
{
    // Builds as far as the script can see, at first without the compiler for ahead of time.
    private const string Dotnet = """
        #!/bin/sh
        case $1:$2 in
            build:src/Cli) echo built >>log; mkdir -p artifacts/Embedded/bin/Cli/release; : >artifacts/Embedded/bin/Cli/release/drm.dll ;;
            build:src/Cli/ReadyToRun) [ -f compiler ] || exit 1; mkdir -p artifacts/Embedded/drm; : >artifacts/Embedded/drm/drm.dll ;;
            --version:) ;;
            *) echo "$*"; env | grep -E '^(DOTNET|DRM|ActorRuntime)' | sort; exit 7 ;;
        esac
        """;

    private readonly Programs _tree = new();

    public DrmScriptStartTests()
    {
        foreach (var folder in (string[])["src", "runtime", "config", "bin"])
            Directory.CreateDirectory(In(folder));
        _tree.Script("drm", File.ReadAllText(Path.Combine(Root, "drm")));
        _tree.Script("bin/dotnet", Dotnet);
        Write("src/a.cs");
    }

    private int Builds => File.Exists(In("log")) ? File.ReadAllLines(In("log")).Length : 0;

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void The_program_should_be_built_once_and_again_when_a_source_was_changed_added_or_removed()
    {
        Start();
        Start();
        Assert.Equal(1, Builds);

        Write("src/a.cs");
        Start();
        Start();
        Assert.Equal(2, Builds);

        Write("src/b.cs");
        Start();
        Assert.Equal(3, Builds);

        File.Delete(In("src/b.cs"));
        Start();
        Start();
        Assert.Equal(4, Builds);
    }

    [Fact]
    public void The_program_compiled_ahead_of_time_should_be_preferred_and_not_needed()
    {
        Assert.StartsWith(In("artifacts/Embedded/bin/Cli/release/drm.dll") + " run -- x\n", Start().Output);

        Write("compiler");
        Write("src/a.cs");

        Assert.StartsWith(In("artifacts/Embedded/drm/drm.dll") + " run -- x\n", Start().Output);
    }

    [Fact]
    public void The_program_should_have_the_environment_and_give_the_exit_code_of_whoever_calls()
    {
        Start();

        var (code, output, error) = Start();

        Assert.Equal((7, ""), (code, error));
        Assert.Equal(["DOTNET_ROOT=/somewhere", "DRM_ACTOR_RUNTIME=eMBEDDED"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    private (int Code, string Output, string Error) Start() => Run(
        "env",
        ["-i", $"PATH={In("bin")}:/usr/bin:/bin", "DRM_ACTOR_RUNTIME=eMBEDDED", "DOTNET_ROOT=/somewhere", In("drm"), "run", "--", "x"],
        "");

    private void Write(string path) => File.WriteAllText(In(path), "");

    private string In(string path) => Path.Combine(_tree.Folder, path);
}
