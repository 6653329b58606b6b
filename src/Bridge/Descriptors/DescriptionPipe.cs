using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Hardware.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// A description as a file of the kernel's: a pipe, of which one end is here and every descriptor of a client is the other. So it polls, it is itself
/// after dup, fork, exec and a journey between processes, and its last close is a hang-up of this end.
/// <code>
/// sync file      the client reads: IN once a page is there, HUP when this process dies. This end writes.
/// anything else  the client reads and writes: IN while a page is there, OUT while there is room for another of two. This end reads.
///                A dma-buf has one page while it is idle, two while it is read. While it is written it has none, and the client's library
///                knows that this is not to say that it could be written; in an epoll that is to tell OUT, a socket stands for it.
/// </code>
/// The reader thread's, but for what it shows: that is changed on the thread that signals, so that whoever is told of a signal finds it there.
/// </summary>
internal sealed class DescriptionPipe : IReadable, IFenceWaiter
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int Page = 4096;

    private readonly BridgeCore _core;
    private readonly int _end;
    private readonly Lock _lock = new();
    private readonly WatchedSockets? _watched;
    private LinkedListNode<IFenceWaiter>? _waiting;
    private Fence? _waitsFor;
    private int _pages;
    private ulong _key;
    private bool _isClosed;

    private DescriptionPipe(BridgeCore core, Description description, int end, FileIdentity file)
    {
        (_core, _end) = (core, end);
        (Description, File) = (description, file);
        _watched = description is DmaBuf ? new(core.Poller.Forks) : null;
    }

    public Description Description { get; }

    public FileIdentity File { get; }

    private bool IsSyncFile => Description is SyncFile;

    /// <summary>Null where there can be no more.</summary>
    public static unsafe DescriptionPipe? Create(BridgeCore core, Description description)
    {
        var ends = stackalloc int[2];
        if (!description.TryHold())
            return null;
        var isMade = Sys.Pipe(ends, Sys.CloseOnExec | Sys.NonBlock) == 0;
        if (!isMade || DescriptorReserve.Has(Math.Max(ends[0], ends[1])))
        {
            for (var i = 0; isMade && i < 2; i++)
                Sys.Close(ends[i]);
            description.Drop();
            return null;
        }

        var isSyncFile = description is SyncFile;
        var pipe = new DescriptionPipe(core, description, isSyncFile ? ends[1] : ends[0], FileIdentity.Of(ends[0])!.Value);
        // Room for two writes of a page each.
        _ = Libc.Control(pipe._end, Sys.SetPipeSize, 2 * Page);
        if (!isSyncFile)
            pipe.SetPages(1);
        core.Poller.Forks.Close(isSyncFile ? ends[0] : ends[1]);
        return pipe;
    }

    /// <summary>A new descriptor for a client, which is to be sent to it and closed at once. -1 where there can be no more.</summary>
    public int OpenForClient()
    {
        var opened = Sys.OpenAgain(_end, IsSyncFile ? ReadOnly : ReadWrite);
        if (opened >= 0)
            _ = Libc.Control(opened, Sys.SetSignal, (int)Mark);
        // Not before: a pipe that nobody has is one that hangs up.
        if (_key == 0)
            Watch();
        return opened;
    }

    /// <summary>epoll_ctl(2) for OUT of a dma-buf. ENODEV for anything else, which its descriptor tells of.</summary>
    /// <inheritdoc cref="WatchedSockets.Watch"/>
    public Errno Watch(int epoll, int number, uint events, ulong data) => _watched?.Watch(epoll, number, events, data) ?? Errno.ENODEV;

    public void OnReadable()
    {
    }

    /// <summary>The last descriptor of it is closed, wherever it was.</summary>
    public void OnHangUp()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            StopWaiting();
            _core.Poller.Remove(_end, _key);
            Sys.Close(_end);
            _watched?.Close();
        }

        if (Description is DmaBuf buffer)
            buffer.Reservation.Added -= OnAdded;
        _core.Open.Forget(this);
        Drop();
    }

    // What a dma-buf held is given back before anybody can tell that it is closed.
    private void Drop()
    {
        if (Description is not DmaBuf buffer)
        {
            Description.Drop();
            return;
        }

        var ticket = _core.Barrier.Begin();
        buffer.Drop();
        _core.Tell(buffer.Exporter.Object, new ListHolders(), _ => _core.Barrier.End(ticket));
    }

    public void Signaled(Fence fence)
    {
        if (Description is DmaBuf buffer)
            Show(buffer);
        else
            ShowSignaled();
    }

    private WireMark Mark => Description switch
    {
        SyncFile => WireMark.SyncFile,
        DmaBuf { IsWritable: true } => WireMark.DmaBufRdwr,
        DmaBuf => WireMark.DmaBuf,
        SwTimeline => WireMark.SwSync,
        _ => WireMark.Syncobj,
    };

    private void Watch()
    {
        _key = _core.Poller.AddForHangUp(_end, this);
        if (Description is SyncFile sync)
            ShowWhenSignaled(sync.Fence);
        if (Description is not DmaBuf buffer)
            return;
        buffer.Reservation.Added += OnAdded;
        Show(buffer);
    }

    // Not under the lock: to wait for a fence may signal it, and others with it, which are shown by then.
    private void ShowWhenSignaled(Fence fence)
    {
        var waiting = fence.Wait(this);
        if (waiting is null)
            ShowSignaled();
        lock (_lock)
            (_waitsFor, _waiting) = (fence, waiting);
    }

    private void ShowSignaled()
    {
        lock (_lock)
            if (!_isClosed)
                SetPages(1);
    }

    private void OnAdded(object? sender, EventArgs e) => Show((DmaBuf)Description);

    // Shows what there is now, and waits for what changes it.
    private void Show(DmaBuf buffer)
    {
        lock (_lock)
        {
            do
            {
                StopWaiting();
            }
            while (!_isClosed && !TryShow(buffer));
        }
    }

    // Once nobody writes, it is readable; once nobody uses it, writable as well. False where what it was to wait for has come meanwhile.
    private bool TryShow(DmaBuf buffer)
    {
        var isWritten = !buffer.IsReady(toWrite: false);
        var isUsed = !buffer.IsReady(toWrite: true);
        SetPages(isWritten ? 0 : isUsed ? 2 : 1);
        _watched!.Show(isReadable: !isWritten, isWritable: !isWritten && !isUsed);
        return (!isWritten && !isUsed) || TryWaitFor(buffer.FenceOf(toWrite: !isWritten));
    }

    private bool TryWaitFor(Fence fence)
    {
        _waitsFor = fence;
        _waiting = fence.Wait(this);
        return _waiting is not null;
    }

    private void StopWaiting()
    {
        if (_waiting is { } waiting)
            _waitsFor!.Forget(waiting);
        (_waitsFor, _waiting) = (null, null);
    }

    // The end that is here reads or writes; for the other way it is opened once more.
    private unsafe void SetPages(int wanted)
    {
        var page = stackalloc byte[Page];
        for (; _pages > wanted; _pages--)
            Sys.Read(_end, page, Page);
        if (_pages == wanted)
            return;
        var end = IsSyncFile ? _end : Sys.OpenAgain(_end, WriteOnly | Sys.NonBlock);
        for (; _pages < wanted; _pages++)
            Sys.Write(end, page, Page);
        if (end != _end)
            _core.Poller.Forks.Close(end);
    }
}
