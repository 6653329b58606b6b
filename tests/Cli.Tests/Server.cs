using System.Diagnostics;
using DrmActors.Bridge;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary><c>drm serve</c> as a process of its own.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;
    private readonly string _socket;

    public Server(string socket)
    {
        _socket = socket;
        // Who started the tests in the background ignores interrupts, and so would it.
        string[] words = ["--default-signal=INT", "dotnet", DrmDll, "serve", "--socket", socket];
        _process = Process.Start(new ProcessStartInfo("env", words) { UseShellExecute = false, RedirectStandardOutput = true })!;
        Line = _process.StandardOutput.ReadLine() ?? "";
    }

    /// <summary>What it says when it is ready.</summary>
    public string Line { get; }

    public int Id => _process.Id;

    /// <summary>Starts a client of it.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in BridgeServer.EnvironmentOf(_socket, _socket + ".root"))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Signal(string signal) => Run("kill", [$"-{signal}", $"{Id}"], "");

    public int End(string signal)
    {
        Signal(signal);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
