using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Transport;
using DrmActors.Bridge.Wire;
using DrmActors.Hardware.Native;

namespace DrmActors.Bridge.Descriptors;

/// <summary>
/// A description as a file of the kernel's: a pipe, of which one end is here and every descriptor of a client is the other. So it polls, it is itself
/// after dup, fork, exec and a journey between processes, and its last close is a hang-up of this end.
/// <code>
/// sync file      the client reads: IN once a byte is there, HUP when this process dies. This end writes.
/// anything else  the client reads and writes: IN while a byte is there, OUT while there is room for another. This end reads.
/// </code>
/// The reader thread's, but for the signal of a fence.
/// </summary>
internal sealed class DescriptionPipe : IReadable, IFenceWaiter
{
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int TwoPages = 8192;

    private readonly OpenDescriptions _open;
    private readonly ReaderThread _reader;
    private readonly int _end;
    private LinkedListNode<IFenceWaiter>? _waiting;
    private ulong _key;
    private bool _isClosed;

    private DescriptionPipe(OpenDescriptions open, ReaderThread reader, Description description, int end, FileIdentity file)
    {
        (_open, _reader, _end) = (open, reader, end);
        (Description, File) = (description, file);
    }

    public Description Description { get; }

    public FileIdentity File { get; }

    private bool IsSyncFile => Description is SyncFile;

    /// <summary>Null where there can be no more.</summary>
    public static unsafe DescriptionPipe? Create(OpenDescriptions open, ReaderThread reader, Description description)
    {
        var ends = stackalloc int[2];
        if (!description.TryHold())
            return null;
        if (Sys.Pipe(ends, Sys.CloseOnExec | Sys.NonBlock) != 0)
        {
            description.Drop();
            return null;
        }

        var isSyncFile = description is SyncFile;
        var pipe = new DescriptionPipe(open, reader, description, isSyncFile ? ends[1] : ends[0], FileIdentity.Of(ends[0])!.Value);
        // Room for two bytes, a page each: one of them there is both readable and writable.
        _ = Libc.Control(pipe._end, Sys.SetPipeSize, TwoPages);
        if (!isSyncFile)
            Write(ends[1]);
        Sys.Close(isSyncFile ? ends[0] : ends[1]);
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

    public void OnReadable()
    {
    }

    /// <summary>The last descriptor of it is closed, wherever it was.</summary>
    public void OnHangUp()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (_waiting is { } waiting)
            ((SyncFile)Description).Fence.Forget(waiting);
        _open.Forget(this);
        _reader.Poller.Remove(_end, _key);
        Sys.Close(_end);
        Description.Drop();
    }

    public void Signaled(Fence fence) => _reader.Do(Rise);

    private WireMark Mark => Description switch
    {
        SyncFile => WireMark.SyncFile,
        _ => WireMark.Syncobj,
    };

    private void Watch()
    {
        _key = _reader.Poller.AddForHangUp(_end, this);
        if (Description is SyncFile sync && (_waiting = sync.Fence.Wait(this)) is null)
            Rise();
    }

    // Polls readable from now on.
    private void Rise()
    {
        if (!_isClosed)
            Write(_end);
    }

    private static unsafe void Write(int end)
    {
        byte one = 1;
        Sys.Write(end, &one, 1);
    }
}
