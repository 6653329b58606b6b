using System.Text.RegularExpressions;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>What the README says is done: its commands are run, its code is compiled and run, its links lead somewhere.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root, "README.md"));

    [Fact]
    public void The_first_code_should_be_the_samples()
    {
        var sample = File.ReadAllText(Path.Combine(Root, "samples", "FirstPicture", "Program.cs"));

        Assert.Equal(Between(sample, "// begin README\n", "// end README").Trim(), Between(Readme, "```csharp\n", "```").Trim());
    }

    [Theory]
    [InlineData("docs/finding-races.md", "samples/FindingRaces/SwitchingTests.cs")]
    [InlineData("docs/sharing.md", "tests/Hosting.Tests/SharingSample.cs")]
    public void The_code_of_a_page_should_be_that_of_a_test(string page, string test)
    {
        var code = Between(File.ReadAllText(Path.Combine(Root, test)), $"// begin {page}\n", "// end").Split('\n');
        var indent = code[0].Length - code[0].TrimStart().Length;
        var lines = code.Select(l => l.Length > indent ? l[indent..] : l.Trim());

        Assert.Equal(string.Join('\n', lines).Trim(), Between(File.ReadAllText(Path.Combine(Root, page)), "```csharp\n", "```").Trim());
    }

    [Fact]
    public void The_sample_should_flip_at_every_vblank_and_write_its_picture()
    {
        var (code, output, error) = Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "DrmActors.FirstPicture.dll")], "");

        Assert.True(code == 0, error);
        Assert.Contains("1920x1080@60: flipped at vblank", output);
        Assert.Contains("pixel 0xff9000", output);
        Assert.Matches(new Regex(@"120 flips in \d+ vblanks", RegexOptions.None, TimeSpan.FromSeconds(1)), output);
    }

    [Fact]
    public void Each_command_should_be_one_that_the_script_has()
    {
        var (_, help, _) = Drm(["--help"]);
        var commands = Regex.Matches(Readme, @"\./drm (?<word>[a-z]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        Assert.NotEmpty(commands);
        Assert.All(commands.Select(m => m.Groups["word"].Value), word => Assert.Contains($"\n  {word}", help));
    }

    // The other command of the first screen, "./drm test", is what runs this.
    [Fact]
    public void The_demo_should_do_what_the_first_screen_says()
    {
        var picture = Path.Combine(Path.GetTempPath(), $"drm-readme-{Environment.ProcessId}.png");
        try
        {
            var (code, output, error) = Drm(
                ["demo", "--out", picture],
                ("DRM_ACTOR_RUNTIME", typeof(Akka.Actor.ActorSystem).Assembly.GetName().Name == "Akka" ? "Akka" : "Embedded"));

            Assert.True(code == 0, error);
            Assert.Contains("120 frames, ", output);
            Assert.Contains("leak report: objects 0, pages 0, mappings 0, descriptors 0", output);
            Assert.True(File.Exists(picture));
        }
        finally
        {
            File.Delete(picture);
        }
    }

    [Fact]
    public void The_real_program_should_leave_the_picture_that_the_first_screen_says()
    {
        var line = Readme.Split('\n').Single(l => l.StartsWith("./drm run ", StringComparison.Ordinal)).Split("   #")[0];
        var folder = Directory.CreateTempSubdirectory("drm-readme");
        try
        {
            var (code, _, error) = Run("sh", ["-c", $"cd {folder} && {line.Replace("./drm", $"dotnet {DrmDll}", StringComparison.Ordinal)}"], "");

            Assert.True(code == 0, error);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "smpte.png")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Links_and_folders_should_be_there()
    {
        var links = Regex.Matches(Readme, @"\]\((?<path>[^)]+)\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["path"].Value);
        var rooms = Regex.Matches(Readme, @"^\| `(?<path>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["path"].Value);

        Assert.All(links.Concat(rooms), path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
    }

    private static string Between(string text, string begin, string end)
    {
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf(end, start, StringComparison.Ordinal)];
    }
}
