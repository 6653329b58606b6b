using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

// Names, and handles of objects that are there already: by a name, or by a framebuffer.
internal sealed partial class DrmFile
{
    // Handles that are set aside and wait for their objects, each with the call that it is for.
    private readonly Dictionary<GemHandle, HandleOpening> _openings = [];

    // Of the planted bug alone.
    private GemHandle _freedTwice;

    private void FlinkHandle(GemFlink flink)
    {
        if (_handles.Find(flink.Handle) is { } reference)
            reference.Object.Forward(Flink.Instance);
        else
            Sender.Tell(Reply<GemNamed>.Failed(Errno.ENOENT));
    }

    private void OpenName(GemOpen open)
    {
        var handle = _handles.Reserve();
        _openings.Add(handle, new HandleOpening(Sender, open, [handle], r => Reply<GemOpened>.Success(new GemOpened(handle, (ulong)r.Block.Length))));
        _view.Gem.Tell(new OpenByName(open.Name, new OpenHandle(HandleHolder, handle, ByName: true)));
    }

    private void GetFramebuffer(ModeGetFb get)
    {
        var framebuffer = _view.State.Find(get.Framebuffer);
        if (framebuffer is null || framebuffer.Buffers.Length > 1)
            Sender.Tell(Reply<ModeFb>.Failed(framebuffer is null ? Errno.ENOENT : Errno.EINVAL));
        else
            OpenBuffers(framebuffer, get, handles => Reply<ModeFb>.Success(FramebufferQueries.Describe(framebuffer, handles)));
    }

    private void GetFramebuffer(ModeGetFb2 get)
    {
        if (_view.State.Find(get.Framebuffer) is { } framebuffer)
            OpenBuffers(framebuffer, get, handles => Reply<ModeFb2>.Success(FramebufferQueries.Describe2(framebuffer, handles)));
        else
            Sender.Tell(Reply<ModeFb2>.Failed(Errno.ENOENT));
    }

    // Whoever is neither root nor master learns the layout and gets no handle.
    private void OpenBuffers(Framebuffer framebuffer, IJudgedByCaller call, Func<IReadOnlyDictionary<ulong, GemHandle>, object> describe)
    {
        var handles = new SortedDictionary<ulong, GemHandle>();
        if (!_self.IsMaster && !(call.Caller?.IsRoot ?? _self.IsRoot))
        {
            Sender.Tell(describe(handles));
            return;
        }

        foreach (var buffer in framebuffer.Buffers)
            if (!handles.ContainsKey(buffer.ObjectId))
                handles.Add(buffer.ObjectId, _handles.Reserve());
        var opening = new HandleOpening(Sender, call, [.. handles.Values], _ => describe(handles));
        foreach (var handle in handles.Values)
            _openings.Add(handle, opening);
        _view.Device.Tell(new OpenFramebuffer(Id, framebuffer.Id, handles));
    }

    private void FinishOpening(HandleOpened opened)
    {
        _handles.Set(opened.Handle, opened.Object);
        if (opened.Object is null)
            _freedTwice = opened.Handle;
        if (!_openings.Remove(opened.Handle, out var opening))
            return;
        if (opened.Object is null)
            opening.Errno = opened.Errno;
        if (--opening.Remaining > 0)
            return;
        if (opening.Errno == Errno.None)
        {
            opening.Caller.Tell(opening.Reply(opened.Object!));
            return;
        }

        foreach (var handle in opening.Handles)
            _handles.Remove(handle)?.Object.Tell(new DropReference(HandleHolder));
        opening.Caller.Tell(opening.Call.Fail(opening.Errno));
    }

    private void FailOpenings(Errno errno)
    {
        foreach (var opening in _openings.Values.Distinct())
            opening.Caller.Tell(opening.Call.Fail(errno));
        _openings.Clear();
    }

    /// <summary>A call that makes handles: answered when all of them have their objects, or none has.</summary>
    private sealed record HandleOpening(IActorRef Caller, IIoctl Call, IReadOnlyList<GemHandle> Handles, Func<GemReference, object> Reply)
    {
        public int Remaining { get; set; } = Handles.Count;

        public Errno Errno { get; set; }
    }
}
