using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>Clients on threads, from the command line.</summary>
public sealed class StressTests
{
    [Fact]
    public void Stress_should_keep_every_promise_and_leave_nothing()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, output, error) = DrmProgram("stress", "--clients", "8", "--duration", "2s", "--ops", "3000", "--json", file);

            Assert.Equal((0, ""), (code, error));
            Assert.StartsWith("8 clients on rk3399\ncalls: ", output, StringComparison.Ordinal);
            Assert.EndsWith("objects 0, pages 0, mappings 0, descriptors 0\nevery promise kept\n", output, StringComparison.Ordinal);
            var figures = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("figures");
            var answers = figures.GetProperty("errors").EnumerateObject().Sum(e => e.Value.GetInt64());
            Assert.Equal(figures.GetProperty("calls").GetInt64(), answers);
            Assert.True(figures.GetProperty("errors").GetProperty("EINVAL").GetInt64() > 0);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Stress_should_keep_every_promise_when_things_go_wrong_and_count_them()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, output, error) = DrmProgram("stress", "--clients", "8", "--ops", "20000", "--duration", "60s", "--faults", "faults", "--json", file);

            Assert.True(code == 0 && error.Length == 0, output + error);
            Assert.Contains("\nfaults: ", output, StringComparison.Ordinal);
            Assert.EndsWith("objects 0, pages 0, mappings 0, descriptors 0\nevery promise kept\n", output, StringComparison.Ordinal);
            var figures = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("figures");
            foreach (var fault in (string[])["kill", "hotplug", "crashes.file", "ioctls.MODE_CREATE_DUMB"])
                Assert.True(Count(fault) > 0, $"{fault}\n{output}");
            // Each of these is rare, and on a busy machine one of them may not come in so short a time.
            Assert.True(((string[])["unplug", "crashes.device", "crashes.memory", "crashes.crtc", "crashes.connector"]).Sum(Count) > 0, output);
            Assert.True(figures.GetProperty("errors").GetProperty("ENODEV").GetInt64() > 0);

            long Count(string fault) => figures.GetProperty("faults").GetProperty(fault).GetInt64();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Stress_should_drive_real_processes_kill_some_and_leave_none()
    {
        using var programs = new Programs();
        var faults = programs.Script("faults.conf", "rate = 20\nweights { kill = 3, unplug = 1, hotplug = 1 }\ncrashes { file = 1, device = 1 }");

        var (code, output, error) = DrmProgram("stress", "--processes", "2", "--duration", "5s", "--seed", "7654000", "--faults", faults);

        Assert.True(code == 0 && error.Length == 0, output + error);
        Assert.StartsWith("2 processes on rk3399\ncalls: ", output, StringComparison.Ordinal);
        Assert.Matches("\nanswers: .*None [1-9]", output);
        Assert.Matches("\nfaults: .*kill [1-9]", output);
        Assert.EndsWith("objects 0, pages 0, mappings 0, descriptors 0\nevery promise kept\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Select(CommandLine), c => c.Contains("stress-client\0standard\07654", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stress_should_end_when_its_process_dies_before_it_calls()
    {
        var run = Task.Run(() => DrmProgram("stress", "--processes", "1", "--board", "vkms", "--duration", "5m", "--seed", "7655000"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!run.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => CommandLine(f).Contains("stress-client\0standard\07655000", StringComparison.Ordinal)))
                Kill(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
        }

        var (code, output, _) = await run;

        Assert.Equal(1, code);
        Assert.Matches("\nbroken: process [0-9]+ ended with 137\n$", output);
    }

    [Fact]
    public void Stress_should_say_what_was_to_go_wrong_and_never_did()
    {
        using var programs = new Programs();
        var mix = programs.Script("mix.conf", "weights { open = 1, get-resources = 9 }");
        var faults = programs.Script("faults.conf", "rate = 100\nweights { kill = 1 }\nioctls { MODE_SETGAMMA { errno = EIO, weight = 1 } }");

        var (code, output, _) = DrmProgram("stress", "--clients", "2", "--ops", "2000", "--mix", mix, "--faults", faults);

        Assert.Equal(0, code);
        Assert.Contains("\nfaults: kill ", output, StringComparison.Ordinal);
        Assert.Contains("\nnever happened: ioctls.MODE_SETGAMMA\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stress_should_name_what_is_wrong_in_a_fault_file()
    {
        using var programs = new Programs();
        var faults = programs.Script("faults.conf", "weights {\n  explode = 1\n}");

        var (code, output, error) = DrmProgram("stress", "--faults", faults);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("faults.conf:2: weights.explode: found an unknown key; allowed: kill, unplug, hotplug", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--duration", "soon")]
    [InlineData("--duration", "0s")]
    [InlineData("--clients", "0")]
    [InlineData("--ops", "many")]
    [InlineData("--mix", "no-such")]
    [InlineData("--faults", "no-such")]
    [InlineData("--board", "rk9999")]
    public void Stress_should_name_what_was_wrong_with_its_arguments(string option, string value)
    {
        var (code, _, error) = DrmProgram("stress", option, value);

        Assert.Equal(2, code);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    // Of a process that may end meanwhile.
    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
