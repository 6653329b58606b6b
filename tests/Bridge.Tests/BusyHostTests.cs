using System.Diagnostics;

namespace DrmActors.Bridge.Tests;

/// <summary>
/// A host that starts programs: each is a copy of the host for a moment, with all that is open there. What a client closes is closed all the same.
/// </summary>
public sealed class BusyHostTests
{
    [Theory]
    [InlineData("leases", "many-leases-leave-no-descriptor")]
    [InlineData("masters", "who-comes-next-is-master-at-once")]
    [InlineData("epollcloses", "the-last-close-takes-it-out")]
    [InlineData("sharing", "who-dies-in-a-call-holds-nothing")]
    public async Task Last_close_should_be_the_clients(string client, string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        CClients.Build(client);
        using var done = new CancellationTokenSource();
        var starter = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                using (var program = Process.Start("/bin/true"))
                    program.WaitForExit();
        });

        try
        {
            for (var i = 0; i < 3; i++)
                await rig.PassAsync(client, scenario);
        }
        finally
        {
            await done.CancelAsync();
            await starter;
        }
    }
}
