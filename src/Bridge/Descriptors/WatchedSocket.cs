using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Messages;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// A dma-buf under one number in epolls of clients: a socket, for that can say neither IN nor OUT, which no pipe can, and all that it says is moved from
/// here.
/// <code>
/// IN     a byte waits in it
/// OUT    nothing that it sent waits in its other end: one message is more than it may have on the way
/// </code>
/// Nobody else ever holds it. So it leaves the epolls when it is closed here, or when this process dies, and says nothing of that.
/// </summary>
internal sealed unsafe class WatchedSocket
{
    private const int Message = 2048;

    private readonly int _end;
    private readonly int _other;
    private bool _isReadable;
    private bool _isWritable = true;
    private int _epolls;

    private WatchedSocket(int end, int other) => (_end, _other) = (end, other);

    /// <summary>Whether an epoll may have it: one that was closed with it inside is counted for ever.</summary>
    public bool IsWatched => _epolls > 0;

    /// <summary>Null where there can be no more.</summary>
    public static WatchedSocket? Create()
    {
        var ends = stackalloc int[2];
        if (Sys.SocketPair(Sys.AddressUnix, Sys.Datagram | Sys.CloseOnExec | Sys.NonBlock, 0, ends) != 0)
            return null;
        // The kernel makes it what it is at least, two messages and what they need; writable is what has a fourth of that on the way.
        var least = 0;
        _ = Sys.SetOption(ends[0], Sys.SolSocket, Sys.SndBuf, &least, sizeof(int));
        return new WatchedSocket(ends[0], ends[1]);
    }

    /// <summary>Never OUT without IN, which no dma-buf polls, if it is not asked for: not even between them.</summary>
    public void Show(bool isReadable, bool isWritable)
    {
        var bytes = stackalloc byte[Message];
        if (_isWritable && !isWritable)
            Sys.Write(_end, bytes, Message);
        if (isReadable && !_isReadable)
            Sys.Write(_other, bytes, 1);
        if (_isReadable && !isReadable)
            Sys.Read(_end, bytes, 1);
        if (isWritable && !_isWritable)
            Sys.Read(_other, bytes, Message);
        (_isReadable, _isWritable) = (isReadable, isWritable);
    }

    /// <summary>An epoll is told these events with this data from now on.</summary>
    public Errno PutInto(int epoll, uint events, ulong data)
    {
        // Out of it first: what EPOLL_CTL_MOD does, and what it refuses as well.
        TakeOutOf(epoll);
        var errno = Sys.EpollControl(epoll, Sys.EpollAdd, _end, events, data);
        if (errno == Errno.None)
            _epolls++;
        return errno;
    }

    public Errno TakeOutOf(int epoll)
    {
        var errno = Sys.EpollControl(epoll, Sys.EpollDelete, _end, wanted: 0, data: 0);
        if (errno == Errno.None)
            _epolls--;
        return errno;
    }

    public void Close(ForkWatch forks)
    {
        // A copy of this process, which is becoming a program, may have it for a moment longer. It would say OUT again if its other end went first.
        Show(isReadable: false, isWritable: false);
        forks.Close(_end);
        forks.Close(_other);
    }
}
