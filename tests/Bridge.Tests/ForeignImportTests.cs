using System.Collections.Immutable;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Hosting;

namespace DrmActors.Bridge.Tests;

/// <summary>
/// clients/imports.c: a buffer of one board is another's, and somebody is killed. Both boards are then as they were, by the time that anybody can learn of
/// it: their objects, who holds what, what their drivers were told of each other, and what is open.
/// </summary>
public sealed class ForeignImportTests
{
    private const int Kills = 25;
    private const string Last = "ready, and that is all";

    [Fact]
    public async Task Importer_should_leave_nothing_wherever_it_is_killed()
    {
        await using var rig = await StartAsync();
        var before = await Look.AtAsync(rig.Host);
        var uses = new List<UseCounts>();
        for (var (step, said) = (0, "ready"); said == "ready"; step++)
        {
            said = await KillAsync(rig, async () => uses.Add((await Look.AtAsync(rig.Host)).UsesOfMaker), "until", $"{step}");
            await rig.Server.BarrierAsync();

            Assert.Equal((step, before), (step, await Look.AtAsync(rig.Host)));
            Assert.True(said is "ready" or Last, said);
        }

        // It has been as far as that: attached and told where it lies, and then shown.
        Assert.Contains(new UseCounts(Attached: 1, Pinned: 1, Tables: 1), uses);
        Assert.Contains(new UseCounts(Attached: 1, Pinned: 1, Tables: 1, Mapped: 1), uses);
    }

    /// <summary>Wherever in its calls it is: nobody says where that is, so many are killed.</summary>
    [Fact]
    public async Task Importer_should_leave_nothing_of_the_call_that_it_is_killed_in()
    {
        await using var rig = await StartAsync();
        var before = await Look.AtAsync(rig.Host);
        for (var kill = 0; kill < Kills; kill++)
        {
            Assert.Equal("ready", await KillAsync(rig, () => Task.CompletedTask, "over-and-over"));
            await rig.Server.BarrierAsync();

            Assert.Equal((kill, before), (kill, await Look.AtAsync(rig.Host)));
        }
    }

    [Theory]
    [InlineData("its-maker-dies-with-it")]
    [InlineData("its-maker-dies-with-a-fence")]
    [InlineData("its-maker-dies-with-a-handle")]
    [InlineData("its-maker-dies-without-it")]
    public async Task Importer_should_go_on_when_the_exporter_is_killed(string scenario)
    {
        await using var rig = await StartAsync();
        var before = await Look.AtAsync(rig.Host);
        await rig.PassAsync("imports", scenario);
        await rig.Server.BarrierAsync();

        Assert.Equal(before, await Look.AtAsync(rig.Host));
    }

    private static Task<BridgeRig> StartAsync() => BridgeRig.StartAsync(new DrmHostOptions { Boards = { "vgem", "vkms" } });

    /// <returns>What the client said when it had come to where it is killed.</returns>
    private static async Task<string?> KillAsync(BridgeRig rig, Func<Task> before, params string[] arguments)
    {
        using var client = rig.Start(CClients.Build("imports"), arguments);
        if (await client.StandardOutput.ReadLineAsync() is not { } said)
            return await client.StandardError.ReadToEndAsync();
        await before();
        client.Kill();
        await client.WaitForExitAsync();
        return said;
    }

    /// <summary>What there is of both boards, as text where it has parts.</summary>
    private sealed record Look(ArenaUsage Usage, int Descriptors, string Cards, UseCounts UsesOfMaker)
    {
        public static async Task<Look> AtAsync(DrmHost host)
        {
            var cards = new List<string>();
            var ofMaker = default(UseCounts);
            foreach (var board in host.Boards)
            {
                var view = (await host.AskAsync(host.Supervisor, new ViewCard(board.Minor))).Value!.View;
                ImmutableDictionary<ulong, UseCounts> uses = view.Driver.Uses.All;
                ofMaker = board.Minor == 0 ? uses.Values.SingleOrDefault() : ofMaker;
                var used = string.Join(", ", uses.OrderBy(u => u.Key).Select(u => $"object {u.Key}: {u.Value}"));
                cards.Add($"card{board.Minor}: {view.Files.Count} files, master {view.Master}, uses [{used}], objects [{await ObjectsAsync(host, view)}]");
            }

            // What is free moves, and what is parked is given back later.
            return new Look(host.Usage with { BytesFree = 0, Parked = 0 }, host.Descriptors.Count, string.Join('\n', cards), ofMaker);
        }

        private static async Task<string> ObjectsAsync(DrmHost host, DeviceView view)
        {
            var texts = new List<string>();
            foreach (var reference in (await host.AskAsync(view.Gem, new ListObjects())).Value!.Objects.OrderBy(o => o.Id))
            {
                var holders = (await host.AskAsync(reference.Object, new ListHolders())).Value?.Holders ?? [];
                texts.Add($"{reference.Id} held by {string.Join(", ", holders.Select(h => $"{h.Holder} {h.Count}"))}");
            }

            return string.Join("; ", texts);
        }
    }
}
