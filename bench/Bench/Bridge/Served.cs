using System.Diagnostics;
using DrmActors.Bridge;
using DrmActors.Hosting;

namespace DrmActors.Bench.Bridge;

/// <summary>A host with a bridge, and the C client that times it.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly DrmHost _host;
    private readonly BridgeServer _server;
    private readonly DirectoryInfo _folder;

    private Served(DrmHost host, BridgeServer server, DirectoryInfo folder) => (_host, _server, _folder) = (host, server, folder);

    private string Client => Path.Combine(_folder.FullName, "client");

    public static async Task<Served> StartAsync(string board, int count, Action<TracedCall>? onCall = null)
    {
        var options = new DrmHostOptions();
        for (var i = 0; i < count; i++)
            options.Boards.Add(board);
        var host = await DrmHost.StartAsync(options);
        var folder = Directory.CreateTempSubdirectory("drm-bench-");
        var server = BridgeServer.Start(host, new BridgeOptions
        {
            Socket = Path.Combine(folder.FullName, "socket"),
            Root = Path.Combine(folder.FullName, "root"),
            OnCall = onCall,
        });
        var served = new Served(host, server, folder);
        using var compiler = Process.Start("cc",
            ["-O2", "-I/usr/include/libdrm", "-o", served.Client, Path.Combine(AppContext.BaseDirectory, "Bridge", "client.c"), "-ldl"]);
        await compiler.WaitForExitAsync();
        return served;
    }

    public Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _server.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>What the client printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var client = Start(Client, arguments);
        var output = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return client.ExitCode == 0 ? output : throw new InvalidOperationException($"the bench's client ended with {client.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
