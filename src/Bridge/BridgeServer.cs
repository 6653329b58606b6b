using Akka.Actor;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Descriptors;
using DrmActors.Bridge.Files;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Uevents;
using DrmActors.Hosting;

namespace DrmActors.Bridge;

/// <summary>Serves the cards of a host to unmodified programs of other processes that preload the client library.</summary>
public sealed class BridgeServer : IAsyncDisposable
{
    private readonly BridgeCore _core;
    private readonly Listener _listener;

    private BridgeServer(BridgeCore core, Listener listener) => (_core, _listener) = (core, listener);

    internal BridgeCore Core => _core;

    /// <summary>What came of it until now.</summary>
    public BridgeUse Use => _core.Use;

    /// <summary>What a program's environment needs: DRM_ACTORS_SOCKET, DRM_ACTORS_ROOT, and LD_PRELOAD with the library alone.</summary>
    public IReadOnlyDictionary<string, string> Environment => EnvironmentOf(_core.Options.Socket, _core.Options.Root);

    /// <summary>The client library, beside this assembly.</summary>
    public static string LibraryPath => Path.Combine(AppContext.BaseDirectory, "libdrm-actors.so");

    /// <summary>The environment of clients of a server that runs elsewhere.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string socket, string root) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DRM_ACTORS_SOCKET"] = socket,
        ["DRM_ACTORS_ROOT"] = root,
        ["LD_PRELOAD"] = LibraryPath,
    };

    /// <summary>
    /// Begins to serve; the host is up. Programs can map what the host's own clients make from now on, and what is there already only as far as it is the
    /// console's: the rest has its memory in one file, and is ENODEV.
    /// </summary>
    /// <exception cref="IOException">The socket cannot be made: it is in use, or the folder is not there.</exception>
    public static BridgeServer Start(DrmHost host, BridgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        var socket = Listener.Bind(options.Socket);
        host.Memory.Lend();
        var reader = new ReaderThread(new Poller());
        var core = new BridgeCore(host, options, reader, new ServedFiles(host, options.Root, new UeventMonitors(reader.Poller)));
        core.Open = new OpenDescriptions(core);
        core.Files.OpenByClients = () => core.Open.All;
        core.News = CardNews.Start(core);
        core.Files.Changes.WhenShown = then => core.News.Tell(new CardNews.Flush(then), ActorRefs.NoSender);
        var listener = new Listener(core, socket);
        reader.Start();
        return new BridgeServer(core, listener);
    }

    /// <summary>Ends when everything that was closed or killed until now has been given back.</summary>
    public Task BarrierAsync()
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _core.Reader.Post(() => CallDesk.AfterCloses(_core, passed.SetResult));
        return passed.Task;
    }

    /// <summary>Stops serving: clients that are still there find the device gone. Afterwards the host can be shut down.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        _core.Host.System.Stop(_core.News);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _core.Reader.Post(() =>
        {
            foreach (var channel in _core.OpenFiles.Values)
                channel.OnHangUp();
            foreach (var stream in _core.Streams.Values)
                stream.OnHangUp();
            foreach (var channel in _core.Channels.ToList())
                channel.OnHangUp();
            _core.Files.Monitors.Close();
            _core.Open.Close();
            foreach (var client in _core.Clients.Values.ToList())
                client.OnHangUp();
            _core.Barrier.Run(ended.SetResult);
        });
        await ended.Task;
        _core.Reader.Dispose();
        _core.Files.Dispose();
    }
}
