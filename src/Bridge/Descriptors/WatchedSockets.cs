using DrmActors.Bridge.Transport;
using DrmActors.Messages;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// A dma-buf in the epolls of clients. The kernel knows what is in an epoll by file and number: as many numbers as clients have the dma-buf under and watch
/// it by, so many sockets there are. Shown on any thread; the rest is the reader thread's.
/// </summary>
/// <param name="forks">Closes them.</param>
internal sealed class WatchedSockets(ForkWatch forks)
{
    // A number is the client's word: more than a process has by default, nobody needs.
    private const int Most = 1024;

    private readonly Lock _lock = new();
    private readonly SortedList<int, WatchedSocket> _byNumber = [];
    private bool _isReadable;
    private bool _isWritable;

    public void Show(bool isReadable, bool isWritable)
    {
        lock (_lock)
        {
            (_isReadable, _isWritable) = (isReadable, isWritable);
            foreach (var socket in _byNumber.Values)
                socket.Show(isReadable, isWritable);
        }
    }

    /// <summary>epoll_ctl(2): ADD or MOD, and DEL where no events are wanted.</summary>
    public Errno Watch(int epoll, int number, uint events, ulong data)
    {
        if (!_byNumber.TryGetValue(number, out var socket))
        {
            if (events == 0 || _byNumber.Count == Most)
                return events == 0 ? Errno.ENOENT : Errno.ENOSPC;
            if (Open(number) is not { } opened)
                return Errno.ENOMEM;
            socket = opened;
        }

        var errno = events == 0 ? socket.TakeOutOf(epoll) : socket.PutInto(epoll, events, data);
        if (!socket.IsWatched)
            Close(number, socket);
        return errno;
    }

    /// <summary>The dma-buf is closed, and so in no epoll.</summary>
    public void Close()
    {
        foreach (var (number, socket) in _byNumber.ToArray())
            Close(number, socket);
    }

    private WatchedSocket? Open(int number)
    {
        var socket = WatchedSocket.Create();
        lock (_lock)
        {
            socket?.Show(_isReadable, _isWritable);
            if (socket is not null)
                _byNumber.Add(number, socket);
        }

        return socket;
    }

    private void Close(int number, WatchedSocket socket)
    {
        lock (_lock)
            _byNumber.Remove(number);
        socket.Close(forks);
    }
}
