using System.Diagnostics;

namespace DrmActors.Cli.Stressing;

/// <summary>A client in a process of its own: this program again, with the client library loaded into it.</summary>
internal sealed class StressChild : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Task _reading;
    private volatile bool _hasSpoken;

    /// <param name="cards">How many there are.</param>
    /// <param name="environment">What the bridge needs.</param>
    /// <param name="onLine">Told each line of its output.</param>
    public StressChild(string mix, int seed, int cards, IReadOnlyDictionary<string, string> environment, Action<string> onLine)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Under dotnet the program is its first argument.
        if (Environment.GetCommandLineArgs()[0] is var program && program.EndsWith(".dll", StringComparison.Ordinal))
            start.ArgumentList.Add(program);
        foreach (var argument in (string[])[StressClientCommand.Name, mix, $"{seed}", $"{cards}"])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = ReadAsync(onLine);
    }

    /// <summary>It calls, and is not on its way there any more.</summary>
    public bool HasSpoken => _hasSpoken && !HasEnded;

    public bool HasEnded => _process.HasExited;

    /// <summary>SIGKILL, and what it has said until then.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Lets it end in good order.</summary>
    /// <returns>Null, or what is wrong with how it ended.</returns>
    public async Task<string?> StopAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await EndAsync().WaitAsync(Patience);
            return _process.ExitCode == 0 ? null : $"process {_process.Id} ended with {_process.ExitCode}";
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return $"process {_process.Id} did not end when it was told to";
        }
    }

    public void Dispose()
    {
        if (!HasEnded)
            _process.Kill();
        _process.Dispose();
    }

    private async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
    }

    private async Task ReadAsync(Action<string> onLine)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _hasSpoken = true;
            onLine(line);
        }
    }
}
