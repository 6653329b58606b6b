using System.Diagnostics;
using System.Globalization;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages.Uapi;
using DrmActors.Refusals;

namespace DrmActors.Bridge.Tests.Refusals;

/// <summary>Refusals of a real program's calls: clients/raw.c makes them with the bytes that it is told.</summary>
public sealed class BridgeRefusalSpecs : RefusalSpecs
{
    private protected override async Task<RawClient> StartAsync(string board, bool isRoot) => await BridgeRawClient.StartAsync(board, isRoot);
}

internal sealed class BridgeRawClient : RawClient
{
    private const int Stranger = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly BridgeRig _rig;
    private readonly Process _program;
    private readonly CardView _card;
    private readonly string _board;

    private BridgeRawClient(BridgeRig rig, Process program, CardView card, string board) =>
        (_rig, _program, _card, _board) = (rig, program, card, board);

    public override KmsState State => _card.View.State;

    public override DriverFeatures Features => _card.View.Features;

    public static async Task<BridgeRawClient> StartAsync(string board, bool isRoot)
    {
        var options = new DrmHostOptions { Boards = { BoardFile.Of(board) }, ArenaSize = 256L << 20 };
        var rig = await BridgeRig.StartAsync(options, isRoot ? 0 : Stranger);
        var card = await rig.Host.AskAsync(rig.Host.Supervisor, new ViewCard(0));
        return new BridgeRawClient(rig, rig.Start(CClients.Build("raw")), card.Value!, board);
    }

    public override async Task<int> OpenAsync() => int.Parse(await SayAsync("open"), CultureInfo.InvariantCulture);

    public override async Task<Errno> IoctlAsync(int file, IoctlNumber number, byte[]? argument)
    {
        var said = (await SayAsync($"ioctl {file} {number.Value} {(argument is null ? "-" : "+" + Convert.ToHexString(argument))}")).Split(' ');
        if (argument is { Length: > 0 })
            Convert.FromHexString(said[1]).CopyTo(argument.AsSpan());
        return (Errno)int.Parse(said[0], CultureInfo.InvariantCulture);
    }

    public override async Task WriteAsync(ulong address, byte[] bytes) => await SayAsync($"write {address - MemoryAt} +{Convert.ToHexString(bytes)}");

    public override async Task<byte[]> ReadAsync(ulong address, int length) => Convert.FromHexString(await SayAsync($"read {address - MemoryAt} {length}"));

    public override Task UnplugAsync() => _rig.Host.UnplugBoardAsync(_board);

    public override async ValueTask DisposeAsync()
    {
        _program.StandardInput.Close();
        await _program.WaitForExitAsync().WaitAsync(Patience);
        _program.Dispose();
        await _rig.DisposeAsync();
    }

    private async Task<string> SayAsync(string line)
    {
        await _program.StandardInput.WriteLineAsync(line);
        await _program.StandardInput.FlushAsync();
        return await _program.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"{line}: the client has ended: {await _program.StandardError.ReadToEndAsync()}");
    }
}
