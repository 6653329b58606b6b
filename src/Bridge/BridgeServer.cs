using DrmActors.Hosting;

namespace DrmActors.Bridge;

/// <summary>Serves the cards of a host to unmodified programs of other processes that preload the client library.</summary>
public sealed class BridgeServer : IAsyncDisposable
{
    private readonly BridgeOptions _options;

    private BridgeServer(BridgeOptions options) => _options = options;

    public BridgeUse Use => new(0, 0, 0);

    /// <summary>What a program's environment needs: DRM_ACTORS_SOCKET, DRM_ACTORS_ROOT, and LD_PRELOAD with the library alone.</summary>
    public IReadOnlyDictionary<string, string> Environment => EnvironmentOf(_options.Socket, _options.Root);

    /// <summary>The client library, beside this assembly.</summary>
    public static string LibraryPath => Path.Combine(AppContext.BaseDirectory, "libdrm-actors.so");

    /// <summary>The environment of clients of a server that runs elsewhere.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string socket, string root) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DRM_ACTORS_SOCKET"] = socket,
        ["DRM_ACTORS_ROOT"] = root,
        ["LD_PRELOAD"] = LibraryPath,
    };

    /// <summary>Begins to serve; the host is up.</summary>
    /// <exception cref="IOException">The socket cannot be made: it is in use, or the folder is not there.</exception>
    public static BridgeServer Start(DrmHost host, BridgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        return new BridgeServer(options);
    }

    /// <summary>Ends when everything that was closed or killed until now has been given back.</summary>
    public Task BarrierAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
