#pragma warning disable RS0030 // One thread waits for what other processes send: that is where the seeded world ends.
using System.Collections.Concurrent;
using DrmActors.Bridge.Native;

namespace DrmActors.Bridge.Transport;

/// <summary>
/// The one thread of the bridge: reads what clients send, answers what a snapshot answers, and passes the rest to actors. It never waits but
/// for the next packet.
/// </summary>
internal sealed unsafe class ReaderThread : IReadable, IDisposable
{
    private readonly int _wake = Sys.EventDescriptor(0, Sys.CloseOnExec | Sys.NonBlock);
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly Thread _thread;
    private volatile bool _ends;

    public ReaderThread(Poller poller)
    {
        Poller = poller;
        poller.Add(_wake, this);
        _thread = new Thread(Run) { IsBackground = true, Name = "drm-bridge" };
    }

    public Poller Poller { get; }

    public void Start() => _thread.Start();

    /// <summary>Does something on this thread. Any thread.</summary>
    public void Post(Action work)
    {
        _work.Enqueue(work);
        var one = 1L;
        Sys.Write(_wake, &one, sizeof(long));
    }

    /// <summary>Does something on this thread: now, where it is this thread that asks. Any thread.</summary>
    public void Do(Action work)
    {
        if (Thread.CurrentThread == _thread)
            work();
        else
            Post(work);
    }

    public void OnReadable()
    {
        long count;
        Sys.Read(_wake, &count, sizeof(long));
        DoWork();
    }

    public void OnHangUp()
    {
    }

    /// <summary>Ends the thread; nothing is read any more.</summary>
    public void Dispose()
    {
        Post(() => _ends = true);
        _thread.Join();
        DoWork();
        Poller.Dispose();
        Sys.Close(_wake);
    }

    private void DoWork()
    {
        while (_work.TryDequeue(out var work))
            work();
    }

    private void Run()
    {
        while (!_ends)
            Poller.Serve();
    }
}
