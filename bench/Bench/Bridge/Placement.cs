using System.Diagnostics;
using System.Globalization;

namespace DrmActors.Bench.Bridge;

/// <summary>Where this process and what it starts may run.</summary>
internal sealed class Placement : IDisposable
{
    private const string All = "0-1023";

    private Placement()
    {
    }

    public static Placement OneCore()
    {
        Move("0");
        return new Placement();
    }

    public void Dispose() => Move(All);

    // Every thread of it, those of the daemon included.
    private static void Move(string cores)
    {
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", cores, id])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
    }
}
