using DrmActors.Bridge.Native;

namespace DrmActors.Bridge.Transport;

/// <summary>What the reader thread waits for.</summary>
internal interface IReadable
{
    /// <summary>There is something to read: one packet is taken a call, so that no client keeps the others waiting.</summary>
    void OnReadable();

    /// <summary>The other end is closed for good.</summary>
    void OnHangUp();
}

/// <summary>
/// Descriptors and who reads them (epoll). Level-triggered, and descriptors are known by keys that are never used twice: what was reported for
/// one that is removed since goes to nobody.
/// </summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int AtOnce = 64;
    private const int Many = 1024;

    private static readonly (int Size, int Data) Layout = Sys.EpollLayout;

    private readonly int _epoll = Sys.EpollCreate(Sys.CloseOnExec);
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (IReadable Readable, bool IsEnd)> _readables = [];
    private readonly byte[] _events = new byte[AtOnce * 16];
    private readonly byte[] _many = new byte[Many * 16];
    private ulong _lastKey;

    public Poller() => Forks = new ForkWatch(this);

    /// <summary>Closes what is a client's.</summary>
    public ForkWatch Forks { get; }

    /// <returns>The key to remove it by. Any thread.</returns>
    public ulong Add(int descriptor, IReadable readable) => Add(descriptor, readable, Sys.EpollIn, isEnd: false);

    /// <summary>The same where nothing is ever read.</summary>
    public ulong AddForHangUp(int descriptor, IReadable readable) => Add(descriptor, readable, wanted: 0, isEnd: false);

    /// <summary>The same for a process: that it is readable says that it is dead.</summary>
    public ulong AddForEnd(int process, IReadable readable) => Add(process, readable, Sys.EpollIn, isEnd: true);

    private ulong Add(int descriptor, IReadable readable, uint wanted, bool isEnd)
    {
        lock (_lock)
        {
            _readables.Add(++_lastKey, (readable, isEnd));
            _ = Sys.EpollControl(_epoll, Sys.EpollAdd, descriptor, wanted, _lastKey);
            return _lastKey;
        }
    }

    /// <summary>Before the descriptor is closed. Any thread.</summary>
    public void Remove(int descriptor, ulong key)
    {
        lock (_lock)
            if (_readables.Remove(key))
                _ = Sys.EpollControl(_epoll, Sys.EpollDelete, descriptor, wanted: 0, key);
    }

    /// <summary>Waits for the next ones and serves them, those that hung up first.</summary>
    public void Serve()
    {
        var count = Wait(_events, AtOnce, milliseconds: -1);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                var (hungUp, readable) = At(_events, i);
                if (hungUp && pass == 0)
                    readable?.OnHangUp();
                else if (!hungUp && pass == 1)
                    readable?.OnReadable();
            }
        }
    }

    /// <summary>Serves every hang-up that is there now, and those that come of it: what hangs up may have held others. The reader thread's.</summary>
    public void ServeHangUps()
    {
        int served;
        do
        {
            Forks.AwaitCopies();
            var count = Wait(_many, Many, milliseconds: 0);
            served = 0;
            for (var i = 0; i < count; i++)
            {
                var (hungUp, readable) = At(_many, i);
                if (!hungUp || readable is null)
                    continue;
                readable.OnHangUp();
                // One that stays would be served for ever.
                served += At(_many, i).Readable is null ? 1 : 0;
            }
        }
        while (served > 0);
    }

    /// <summary>All that can be read now, and has not hung up. The reader thread's.</summary>
    public IReadOnlySet<IReadable> FindReadable()
    {
        var found = new HashSet<IReadable>();
        int count, before;
        do
        {
            // What was told goes to the end of those that are to be told.
            (count, before) = (Wait(_many, Many, milliseconds: 0), found.Count);
            for (var i = 0; i < count; i++)
                if (At(_many, i) is (false, { } readable))
                    found.Add(readable);
        }
        while (count == Many && found.Count > before);
        return found;
    }

    public void Dispose()
    {
        Forks.Dispose();
        Sys.Close(_epoll);
    }

    private (bool HungUp, IReadable? Readable) At(byte[] events, int index)
    {
        var at = events.AsSpan(index * Layout.Size);
        var key = BitConverter.ToUInt64(at[Layout.Data..]);
        lock (_lock)
        {
            var (readable, isEnd) = _readables.GetValueOrDefault(key);
            return (isEnd || (BitConverter.ToUInt32(at) & (Sys.EpollHup | Sys.EpollErr)) != 0, readable);
        }
    }

    private int Wait(byte[] events, int room, int milliseconds)
    {
        fixed (byte* at = events)
            return Sys.EpollWait(_epoll, at, room, milliseconds);
    }
}
