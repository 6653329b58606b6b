using System.Runtime.InteropServices;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Messages.Uapi;
using DrmActors.Refusals;

namespace DrmActors.Hosting.Tests.Refusals;

/// <summary>Refusals by the host's own way: the bytes are decoded here, and the message goes to the file.</summary>
public sealed class HostRefusalTests : RefusalSpecs
{
    private protected override async Task<RawClient> StartAsync(string board, bool isRoot) => await HostRawClient.StartAsync(board, isRoot);
}

internal sealed class HostRawClient : RawClient, IClientMemory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DrmHost _host;
    private readonly DrmClient _user;
    private readonly string _board;
    private readonly byte[] _memory = new byte[MemorySize];
    private readonly List<CardOpened> _files = [];

    private readonly List<Descriptor> _made = [];

    private HostRawClient(DrmHost host, string board, DrmClient user) => (_host, _board, _user) = (host, board, user);

    public override KmsState State => _files[0].View.Snapshot;

    public override DriverFeatures Features => _files[0].View.Device.Features;

    public static async Task<HostRawClient> StartAsync(string board, bool isRoot)
    {
        // Where time runs free, a fence that is held by hand has timed out before the next call.
        var time = board == "vgem" ? TimeMode.Manual : TimeMode.Virtual;
        var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { BoardFile.Of(board) }, Time = time, ArenaSize = 256L << 20 });
        return new HostRawClient(host, board, isRoot ? DrmClient.Host : DrmClient.Unprivileged);
    }

    public override async Task<int> OpenAsync()
    {
        var opened = await _host.AskAsync(_host.Supervisor, new OpenCard(0, new Credentials(_user.ProcessId, _user.UserId)));
        _files.Add(opened.Value!);
        return _files.Count - 1;
    }

    public override async Task<Errno> IoctlAsync(int file, IoctlNumber number, byte[]? argument)
    {
        var view = _files[file].View;
        // As it is in the kernel, and in the bridge: before the argument.
        if (view.Refusal(number) is var refused and not Errno.None)
            return refused;
        var (errno, call) = UapiCodec.Decode(number, argument ?? [], this);
        if (call is null)
            return errno;
        if (call is ModeAtomic atomic)
            call = atomic with { Unreachable = [.. view.PointersOf(atomic).Where(p => !Contains(p, sizeof(int)))] };
        var reply = view.TryAnswer(call) ?? await _files[file].File.Ask<object>(call, Patience);
        if (reply is Reply<LeaseCreated> { Value: LeaseOpened lease })
        {
            _files.Add(lease.Card);
            MemoryMarshal.Write(argument.AsSpan(UapiCodec.DescriptorOffset(call)), _files.Count - 1);
        }

        if (reply is IReply { Value: IMakesDescriptors { Made: var made } })
            _made.AddRange(made.Select(m => m.Descriptor));
        return UapiCodec.Encode(number, reply, argument ?? new byte[number.Size], this);
    }

    public override Task WriteAsync(ulong address, byte[] bytes)
    {
        Assert.True(TryWrite(address, bytes));
        return Task.CompletedTask;
    }

    public override Task<byte[]> ReadAsync(ulong address, int length)
    {
        var bytes = new byte[length];
        Assert.True(TryRead(address, bytes));
        return Task.FromResult(bytes);
    }

    public override Task UnplugAsync() => _host.UnplugBoardAsync(_board);

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!Contains(address, destination.Length))
            return false;
        _memory.AsSpan((int)(address - MemoryAt), destination.Length).CopyTo(destination);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (!Contains(address, source.Length))
            return false;
        source.CopyTo(_memory.AsSpan((int)(address - MemoryAt)));
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        // Some may be closed by now.
        foreach (var descriptor in _made)
            _host.Close(descriptor);
        foreach (var file in _files)
            await _host.AskAsync(file.File, new CloseFile()).WaitAsync(Patience);
        Assert.Equal(new(0, 0, 0, 0), await _host.ShutdownAsync().WaitAsync(Patience));
    }

    private static bool Contains(ulong address, int length) =>
        address >= MemoryAt && (ulong)length <= MemorySize && address - MemoryAt <= MemorySize - (ulong)length;
}
