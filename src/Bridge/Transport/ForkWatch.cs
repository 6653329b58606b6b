using DrmActors.Bridge.Native;

namespace DrmActors.Bridge.Transport;

/// <summary>
/// A host that starts a program is two processes for a moment, and the copy has all that the host has: also descriptors of clients that are just being
/// handed over, whose last close nobody hears of until the copy has become the program. The copy also has one end of this pipe, and so says when, give or take
/// the microseconds in which it closes all that it had. The reader thread's.
/// </summary>
internal sealed unsafe class ForkWatch : IDisposable
{
    // A copy that never becomes a program keeps what it has, and is waited for this long, once.
    private const int Milliseconds = 50;

    private int _copied = -1;
    private int _watched = -1;

    public ForkWatch() => Renew();

    /// <summary>
    /// What was closed until now is open in no copy of this process. One that is becoming a program is waited for, which takes it about a millisecond: the
    /// only wait of this thread, for what it would do meanwhile is what may be copied.
    /// </summary>
    public void AwaitCopies()
    {
        var (copied, watched) = (_copied, _watched);
        if (!Renew())
            return;
        Sys.Close(copied);
        Sys.AwaitHangUp(watched, Milliseconds);
        Sys.Close(watched);
    }

    public void Dispose()
    {
        Sys.Close(_copied);
        Sys.Close(_watched);
    }

    private bool Renew()
    {
        var ends = stackalloc int[2];
        if (Sys.Pipe(ends, Sys.CloseOnExec) != 0)
            return false;
        (_watched, _copied) = (ends[0], ends[1]);
        return true;
    }
}
