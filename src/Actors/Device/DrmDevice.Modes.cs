using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// What files ask of the device, and framebuffers.
internal sealed partial class DrmDevice
{
    private readonly Dictionary<uint, ImmutableArray<GemReference>> _framebufferObjects = [];

    private void OnFileCall(FileCall call)
    {
        if (_view.Gone)
            Refuse(call, Errno.ENODEV);
        else if (call.Call is ModeAtomic atomic)
            Commit(call, atomic, Sender);
        else if (call.Call is ModePageFlip flip)
            Flip(call, flip, Sender);
        else if (call.Call is ModeSetCrtc set)
            Commit(draft => SetCrtcCheck.Build(draft, set, KnowsAspect(call)), call, Sender);
        else if (call.Call is ModeObjSetProperty wish)
            Commit(draft => SetPropertyCheck.Build(draft, wish), call, Sender);
        else if (call.Call is ModeSetProperty ofConnector)
            Commit(draft => SetPropertyCheck.Build(draft, SetPropertyCheck.Widen(ofConnector)), call, Sender);
        else if (call.Call is ModeSetPlane plane)
            Commit(draft => SetPlaneCheck.Build(draft, plane), call, Sender);
        else if (call.Call is ModeSetGamma gamma)
            Commit(draft => GammaCheck.Build(draft, gamma), call, Sender);
        else if (call.Call is ShowCursor cursor)
            MoveCursor(call, cursor, Sender);
        else if (call.Call is ModeRmFb remove)
            RemoveFramebuffer(call, remove, Sender);
        else if (call.Call is ModeDirtyFb dirty)
            Commit(draft => DirtyFbCheck.Build(draft, dirty), call, Sender);
        else if (call.Call is ProbeConnector probe)
            Probe(probe.Connector, Sender, probe.Client);
        else if (Decide(call) is { } reply)
            Sender.Tell(reply);
        else
            Sender.Tell(call.Call.Fail(Errno.EINVAL));
    }

    private bool KnowsAspect(FileCall call) => _files.TryGetValue(call.FileId, out var file) && file.View.Caps.OfModes.AspectRatio;

    private object? Decide(FileCall call) => call.Call switch
    {
        PublishFramebuffer publish => Publish(publish),
        ModeCreatePropBlob create => CreateBlob(call.FileId, create),
        ModeCloseFb close => Result(CloseFramebuffer(call.FileId, close)),
        ModeDestroyPropBlob destroy => DestroyBlob(call.FileId, destroy),
        SetMaster set => Result(BecomeMaster(call.FileId, set.Caller)),
        DropMaster drop => Result(ResignMaster(call.FileId, drop.Caller)),
        GetMagic => Reply<Magic>.Success(GiveMagic(call.FileId)),
        AuthMagic auth => Result(Authenticate(call.FileId, auth.Magic)),
        ModeCreateLease create => CreateLease(call.FileId, create),
        ModeRevokeLease revoke => Result(RevokeLease(call.FileId, revoke.Lessee)),
        SetVersion wanted => AgreeOnVersion(call.FileId, wanted),
        _ => null,
    };

    private static void PassOn(FileNews? news)
    {
        if (news?.Event is { } happened)
            news.File.Tell(new DeliverEvent(happened));
        if (news?.Answer is { } answer)
            news.File.Tell(answer);
    }

    // Behind the events of the commits that the call has waited for.
    private static void Complete(FileCall call, IActorRef caller, Errno errno) => call.File.Tell(new CallAnswer(caller, Result(errno)));

    private static void Complete(FileCall call, IActorRef caller, ModeAtomic atomic, Errno errno)
    {
        ReleaseEvents(call, call.Events);
        call.File.Tell(new CallAnswer(caller, ((IIoctl)atomic).Fail(errno)));
    }

    private static Reply<Done> Result(Errno errno) => errno == Errno.None ? Done.Ok : Reply<Done>.Failed(errno);

    private static void ReleaseEvents(FileCall call, int events)
    {
        if (events > 0)
            call.File.Tell(new ReleaseEventSpace(events * VblankEvent.Bytes));
    }

    private void Refuse(FileCall call, Errno errno)
    {
        ReleaseEvents(call, call.Events);
        if (call.Call is PublishFramebuffer publish)
            Drop(publish.Framebuffer.Owner, publish.Objects);
        if (call.Call is ShowCursor cursor)
            Drop(call.FileId, cursor.Objects);
        Sender.Tell(call.Call.Fail(errno));
    }

    private Reply<PropBlobCreated> CreateBlob(ulong file, ModeCreatePropBlob create)
    {
        _view.State = BlobChanges.Create(_view.State, file, create.Data, out var id);
        return Reply<PropBlobCreated>.Success(new PropBlobCreated(id));
    }

    private Reply<Done> DestroyBlob(ulong file, ModeDestroyPropBlob destroy)
    {
        var errno = BlobChanges.Destroy(_view.State, file, destroy.Blob, out var next);
        _view.State = next;
        return Result(errno);
    }

    private Reply<FramebufferAdded> Publish(PublishFramebuffer publish)
    {
        _view.State = _view.State.Add(publish.Framebuffer, out var id);
        _framebufferObjects.Add(id.Value, publish.Objects);
        return Reply<FramebufferAdded>.Success(new FramebufferAdded(id));
    }

    // The framebuffer holds its objects until the device drops them, so they are there when they are opened.
    private void OpenBuffers(OpenFramebuffer open)
    {
        var isOpen = _files.TryGetValue(open.FileId, out var file) && !file.Closing;
        var objects = !isOpen ? []
            : _framebufferObjects.TryGetValue(open.Framebuffer.Value, out var found) ? found
            : _consoleBuffer is { } console ? [console]
            : ImmutableArray<GemReference>.Empty;
        foreach (var (id, handle) in open.Handles)
        {
            if (objects.FirstOrDefault(o => o.Id == id) is not { } reference)
            {
                Sender.Tell(new HandleOpened(handle, null, Errno.ENOENT));
                continue;
            }

            if (_setup.Driver.Planted != PlantedBug.SharerForgotten)
                _view.Gem.Tell(new NoteSharer(open.FileId, id));
            reference.Object.Forward(new OpenHandle(new Holder(HolderKind.File, open.FileId), handle, ByName: false));
        }
    }

    private void RemoveFramebuffer(FileCall call, ModeRmFb remove, IActorRef caller)
    {
        if (_view.State.Find(remove.Framebuffer) is not { } framebuffer || framebuffer.Owner != call.FileId || framebuffer.IsLoose)
            Complete(call, caller, Errno.ENOENT);
        else
            RemoveFramebuffers([framebuffer], () => Complete(call, caller, Errno.None));
    }

    // As long as it is shown, its buffers are the device's own.
    private Errno CloseFramebuffer(ulong file, ModeCloseFb close)
    {
        if (close.Pad != 0)
            return Errno.EINVAL;
        if (_view.State.Find(close.Framebuffer) is not { } framebuffer || framebuffer.Owner != file || framebuffer.IsLoose)
            return Errno.ENOENT;
        if (StateChanges.Loosen(_view.State, framebuffer) is not { } loosened)
        {
            RemoveFramebuffers([framebuffer], () => { });
            return Errno.None;
        }

        _view.State = loosened;
        var objects = _framebufferObjects[framebuffer.Id.Value];
        Adopt(file, objects);
        return Errno.None;
    }

    // What a file's framebuffer holds becomes the device's own.
    private void Adopt(ulong file, ImmutableArray<GemReference> objects)
    {
        foreach (var reference in objects)
            reference.Object.Tell(new AddReference(ConsoleHolder));
        Drop(file, objects);
    }

    private IEnumerable<Framebuffer> FramebuffersOf(ulong file) =>
        _view.HasState ? _view.State.Framebuffers.Values.Where(f => f.Owner == file) : [];

    // Their ids go at once, what shows them goes dark, and only when nothing reads them any more do their buffers go.
    private void RemoveFramebuffers(IReadOnlyCollection<Framebuffer> framebuffers, Action done)
    {
        if (framebuffers.Count == 0)
        {
            done();
            return;
        }

        foreach (var framebuffer in framebuffers)
            _view.State = _view.State.Remove(framebuffer.Id);
        TurnOff(framebuffers, () =>
        {
            foreach (var framebuffer in framebuffers)
                if (_framebufferObjects.Remove(framebuffer.Id.Value, out var objects))
                {
                    Drop(framebuffer.Owner, objects);
                    if (_setup.Driver.Planted == PlantedBug.ReferenceDroppedTwice)
                        Drop(framebuffer.Owner, objects);
                }

            done();
        });
    }

    private void TurnOff(IReadOnlyCollection<Framebuffer> framebuffers, Action done)
    {
        var draft = StateChanges.WithoutPlanesOf(_view.State, framebuffers);
        // Also where the picture is to go already but has not yet. What others show, and wait for, is no concern of theirs.
        if (_commits.MayShow(framebuffers) || draft.Crtcs.Any(c => _commits.IsBusy(c.Crtc.Index)))
        {
            _commits.WaitBehind(new(() => TurnOff(framebuffers, done)));
            return;
        }

        var next = _view.State = draft.Build();
        if (_view.Gone)
            done();
        else
            _commits.Block(next, CrtcsOf(draft), done);
    }

    private void Drop(ulong owner, ImmutableArray<GemReference> objects)
    {
        var holder = owner == 0 ? ConsoleHolder : new Holder(HolderKind.Framebuffer, owner);
        foreach (var reference in objects)
            reference.Object.Tell(new DropReference(holder));
    }
}
