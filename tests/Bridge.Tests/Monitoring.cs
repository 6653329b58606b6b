using System.Diagnostics;

namespace DrmActors.Bridge.Tests;

/// <summary>A client that listens for uevents (clients/monitors.c), and the lines that it prints.</summary>
internal sealed class Monitoring : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _client;

    private Monitoring(Process client) => _client = client;

    public static async Task<Monitoring> StartAsync(BridgeRig rig, params string[] how)
    {
        var listening = new Monitoring(rig.Start(CClients.Build("monitors", "-ludev"), how));
        Assert.Equal("ready", await listening.NextAsync());
        return listening;
    }

    /// <summary>What it prints next.</summary>
    public async Task<string> NextAsync() =>
        await _client.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await _client.StandardError.ReadToEndAsync());

    /// <summary>It has printed nothing more, and ends.</summary>
    public async Task EndAsync()
    {
        _client.StandardInput.Close();
        Assert.Equal("", await _client.StandardOutput.ReadToEndAsync().WaitAsync(Patience));
        await _client.WaitForExitAsync();
        Assert.Equal("", await _client.StandardError.ReadToEndAsync());
        Assert.Equal(0, _client.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Kill();
        await _client.WaitForExitAsync();
        _client.Dispose();
    }
}
