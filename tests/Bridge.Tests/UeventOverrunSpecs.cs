using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DrmActors.Bridge.Uevents;

namespace DrmActors.Bridge.Tests;

/// <summary>clients/overruns.c: more uevents than a socket has room for.</summary>
public sealed class UeventOverrunSpecs
{
    private const int Many = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("recv")]
    [InlineData("recvfrom")]
    [InlineData("recvmsg")]
    [InlineData("recvmmsg")]
    [InlineData("read")]
    [InlineData("readv")]
    [InlineData("SO_ERROR")]
    public async Task A_late_reader_should_be_told_once_that_something_is_lost(string call)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        using var reader = rig.Start(CClients.Build("overruns"), call);
        Assert.Equal("ready", await LineAsync(reader));

        await TellAsync(rig, Enumerable.Range(0, Many));
        await GoOnAsync(reader);
        var read = await LineAsync(reader);
        Assert.InRange(int.Parse(read, CultureInfo.InvariantCulture), 100, Many - 1);

        await EndAsync(rig, reader);
    }

    /// <summary>The daemon itself comes late to what the machine tells.</summary>
    [SkippableTheory]
    [InlineData("recv")]
    [InlineData("recvmsg")]
    [InlineData("recvmmsg")]
    [InlineData("SO_ERROR")]
    public async Task A_reader_should_be_told_once_what_the_daemon_has_lost(string call)
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        using var reader = rig.Start(CClients.Build("overruns"), call);
        Assert.Equal("ready", await LineAsync(reader));

        await NullDevice.OverrunAsync(rig);
        await GoOnAsync(reader);
        Assert.Equal("0", await LineAsync(reader));

        await EndAsync(rig, reader);
    }

    [Fact]
    public async Task A_reader_that_waits_should_be_told_what_the_daemon_has_lost()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank");
        using var reader = rig.Start(CClients.Build("overruns"), "waits");
        foreach (var (line, call) in new[] { ("ready", Arm ? 207 : 45), ("polls", Arm ? 73 : 271) })
        {
            Assert.Equal(line, await LineAsync(reader));
            while (!File.ReadAllText($"/proc/{reader.Id}/syscall").StartsWith($"{call} ", StringComparison.Ordinal))
                await Task.Yield();
            rig.Server.Core.Reader.Post(rig.Server.Core.Files.Monitors.Lose);
        }

        Assert.Equal("done", await LineAsync(reader));
        await reader.WaitForExitAsync();
    }

    // It has been told once, and hears what comes afterwards.
    private static async Task EndAsync(BridgeRig rig, Process reader)
    {
        await TellAsync(rig, [-1]);
        await GoOnAsync(reader);
        Assert.Equal("done", await LineAsync(reader));
        await reader.WaitForExitAsync();
    }

    private static async Task<string> LineAsync(Process reader) =>
        await reader.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? await reader.StandardError.ReadToEndAsync();

    private static bool Arm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static async Task TellAsync(BridgeRig rig, IEnumerable<int> numbers)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Server.Core.Reader.Post(() =>
        {
            foreach (var number in numbers)
                rig.Server.Core.Files.Monitors.Send(UeventGroups.Kernel, System.Text.Encoding.ASCII.GetBytes($"{number} {new string('x', 250)}"));
            told.SetResult();
        });
        await told.Task;
    }

    private static async Task GoOnAsync(Process reader)
    {
        await reader.StandardInput.WriteAsync('x');
        await reader.StandardInput.FlushAsync();
    }
}
