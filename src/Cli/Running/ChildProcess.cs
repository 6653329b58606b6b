using System.ComponentModel;
using System.Runtime.InteropServices;
using DrmActors.Cli.Native;

namespace DrmActors.Cli.Running;

/// <summary>
/// A program with this terminal, and the signals that are meant for it. What the terminal sends, the program has had already; what is sent to
/// this process is handed on. This process goes on either way, until the program ends.
/// <code>none --start--> running --ends--> ended; none --signal--> refused</code>
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int StatusSignal = 0x7f;

    private readonly Lock _lock = new();
    private readonly bool _terminal = File.Exists("/dev/tty") && CanOpenTerminal();
    private readonly PosixSignalRegistration[] _registrations;
    private int _running;
    private int _signal;

    public ChildProcess() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, Posix.SIGTERM, ofTerminal: false)),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, Posix.SIGINT, ofTerminal: true)),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Handle(context, Posix.SIGQUIT, ofTerminal: true)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Handle(context, Posix.SIGHUP, ofTerminal: true)),
    ];

    /// <summary>Whether there was a program that ran.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code as a shell tells it.</returns>
    public int Run(string file, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment)
    {
        int child;
        lock (_lock)
        {
            if (_signal != 0)
                return ExitCodes.Signal + _signal;
            var errno = Posix.Spawn(file, arguments, environment, out child);
            if (errno != 0)
                return Stderr.Fail($"{file}: {new Win32Exception(errno).Message}", errno == Posix.ENOENT ? ExitCodes.NotFound : ExitCodes.NotExecutable);
            _running = child;
            HasRun = true;
        }

        Posix.WaitForEnd(child);
        // From here on its number may be another's.
        lock (_lock)
            _running = 0;
        var status = Posix.Reap(child);
        return (status & StatusSignal) is var signal and not 0 ? ExitCodes.Signal + signal : status >> 8 & 0xff;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private static bool CanOpenTerminal()
    {
        try
        {
            using var terminal = File.OpenHandle("/dev/tty");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Handle(PosixSignalContext context, int signal, bool ofTerminal)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (_running == 0)
                _signal = signal;
            else if (!ofTerminal || !_terminal)
                Posix.Kill(_running, signal);
        }
    }
}
