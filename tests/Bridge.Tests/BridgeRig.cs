using System.Diagnostics;
using DrmActors.Hosting;

namespace DrmActors.Bridge.Tests;

/// <summary>A host with a bridge in a folder of its own, and real programs against it. Nothing may be left at its end.</summary>
internal sealed class BridgeRig : IAsyncDisposable
{
    // Only what hangs takes as long: the longest takes ten seconds where the machine does nothing else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly DirectoryInfo _folder;

    private BridgeRig(DrmHost host, BridgeServer server, DirectoryInfo folder) => (Host, Server, _folder) = (host, server, folder);

    public DrmHost Host { get; }

    public BridgeServer Server { get; }

    public static async Task<BridgeRig> StartAsync(string board = "rk3399", int? user = null, Action<TracedCall>? onCall = null, int count = 1)
    {
        var options = new DrmHostOptions();
        for (var i = 0; i < count; i++)
            options.Boards.Add(board);
        return await StartAsync(options, user, onCall);
    }

    public static async Task<BridgeRig> StartAsync(DrmHostOptions options, int? user = null, Action<TracedCall>? onCall = null)
    {
        var host = await DrmHost.StartAsync(options);
        var folder = Directory.CreateTempSubdirectory("drm-");
        var server = BridgeServer.Start(host, new BridgeOptions
        {
            Socket = Path.Combine(folder.FullName, "socket"),
            Root = Path.Combine(folder.FullName, "root"),
            UserId = user,
            OnCall = onCall,
        });
        return new BridgeRig(host, server, folder);
    }

    /// <summary>Starts a program against the bridge; the caller waits for it and disposes of it.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Server.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    public async Task<ProgramResult> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end: {await output}{await errors}", e);
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs one scenario of a C client under clients/ and wants it to succeed.</summary>
    public async Task PassAsync(string client, params string[] arguments)
    {
        var result = await RunAsync(CClients.Build(client), arguments);
        Assert.True(result.ExitCode == 0, $"{client} {string.Join(' ', arguments)}: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.BarrierAsync();
        await Server.DisposeAsync();
        var report = await Host.ShutdownAsync();
        _folder.Delete(recursive: true);
        Assert.True(report.IsClean, report.ToString());
    }
}

internal sealed record ProgramResult(int ExitCode, string Output, string Errors);

/// <summary>The test clients, built with the system's C compiler once a run.</summary>
internal static class CClients
{
    private static readonly Lock OneAtATime = new();
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("drm-clients-");

    static CClients() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Delete(recursive: true);

    /// <param name="name">Of a file in clients/, without ".c".</param>
    public static string Build(string name, params string[] flags)
    {
        var program = Path.Combine(Folder.FullName, string.Concat([name, .. flags.Select(f => f.Replace('/', '_'))]));
        lock (OneAtATime)
        {
            if (!File.Exists(program))
                CompileFile(program, Path.Combine(AppContext.BaseDirectory, "clients", name + ".c"), flags);
            return program;
        }
    }

    /// <summary>A program whose text is made by its test.</summary>
    public static string Compile(string name, string text, params string[] flags)
    {
        var program = Path.Combine(Folder.FullName, name);
        File.WriteAllText(program + ".c", text);
        CompileFile(program, program + ".c", flags);
        return program;
    }

    private static void CompileFile(string program, string source, string[] flags)
    {
        var start = new ProcessStartInfo("cc") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in (string[])["-std=gnu11", "-O1", "-Wall", "-Werror", "-I/usr/include/libdrm", "-pthread", "-o", program, source, .. flags])
            start.ArgumentList.Add(argument);
        using var compiler = Process.Start(start)!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
            throw new InvalidOperationException($"{source}: {errors}");
    }
}
