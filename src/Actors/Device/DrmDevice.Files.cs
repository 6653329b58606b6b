using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Files;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Kms.Leases;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// Opening, closing, and who is master.
internal sealed partial class DrmDevice
{
    private readonly SortedDictionary<ulong, OpenFile> _files = [];
    private readonly MasterBook _masters = new();
    private readonly List<(OpenCard Open, IActorRef Opener)> _waitingOpens = [];
    private ulong _lastFile;
    private bool _isLastClosing;

    private void Open(OpenCard open)
    {
        if (!_registered)
        {
            Sender.Tell(Reply<CardOpened>.Failed(Errno.ENODEV));
            return;
        }

        if (_isLastClosing)
        {
            // The console comes back first. Bounded by the clients' own threads, each of which waits in one open.
            _waitingOpens.Add((open, Sender));
            return;
        }

        Sender.Tell(Open(open.Credentials, open.Events, lease: null, isRender: open.Minor >= DeviceSetup.FirstRenderMinor));
    }

    /// <param name="lease">What the file is opened for; null for a file of its own.</param>
    /// <param name="isRender">On the render node, where nobody is master.</param>
    private Reply<CardOpened> Open(Credentials credentials, IEventSink? events, Lease? lease, bool isRender)
    {
        var id = ++_lastFile;
        var errno = _setup.Driver.Open(id, credentials);
        if (errno != Errno.None)
            return Reply<CardOpened>.Failed(errno);
        var candidate = new MasterCandidate(id, credentials.Caller) { Lessor = lease?.Lessor ?? 0, Master = lease is null ? 0 : id };
        var isMaster = lease is not null || !isRender && _masters.TryBecomeByOpening(candidate);
        PublishMaster();
        var view = new FileView(_view, id, credentials, isMaster || credentials.IsRoot)
        {
            Lease = lease,
            IsRender = isRender,
            ClientOf = candidate.Master,
        };
        var file = Context.ActorOf(DrmFile.Props(_view, view, events), $"file-{id}");
        Context.Watch(file);
        _files.Add(id, new OpenFile(file, candidate, view, events));
        _view.Files = _view.Files.Add(view);
        return Reply<CardOpened>.Success(new CardOpened(file, id, view));
    }

    private ulong IdOf(IActorRef file)
    {
        foreach (var (id, open) in _files)
            if (open.Ref.Equals(file))
                return id;
        return 0;
    }

    // Close, in the kernel's order: events, framebuffers, GEM objects, master, the driver's postclose, lastclose.
    // The same for a file that was closed and for one whose actor died.
    private void BeginClose(ulong id, IActorRef closer)
    {
        if (!_files.TryGetValue(id, out var file))
            return;
        if (file.Closing)
        {
            // Died while closing: the close goes on without it.
            return;
        }

        file.Closing = true;
        file.Closer = closer;
        foreach (var pipe in _view.Pipes)
            pipe.Tell(new ForgetFile(file.Ref));
        _commits.Forget(id);
        if (_view.HasState)
            _view.State = BlobChanges.DestroyAllOf(_view.State, id);
        RevokeAllOf(id);
        RemoveFramebuffers(
            [.. FramebuffersOf(id)],
            () => _view.Gem.Tell(new ReleaseFileObjects(id)));
    }

    private void FinishClose(ulong id)
    {
        if (!_files.Remove(id, out var file))
            return;
        _view.Files = _view.Files.Remove(file.View);
        _masters.Forget(file.Candidate);
        PublishMaster();
        ForgetBusId(file.Candidate.Master);
        if (file.View.Lease is not null)
            Context.System.EventStream.Publish(new LeaseEnded(_setup.Minor));
        _setup.Driver.PostClose(id);
        if (_files.Count > 0 || _view.Gone)
        {
            Answer(file);
            if (_files.Count == 0)
                _setup.Driver.LastClose();
            ReleaseIfUnused();
            return;
        }

        _isLastClosing = true;
        RestoreConsole(() =>
        {
            _isLastClosing = false;
            _setup.Driver.LastClose();
            Answer(file);
            foreach (var (open, opener) in _waitingOpens)
                Self.Tell(open, opener);
            _waitingOpens.Clear();
            ReleaseIfUnused();
        });
    }

    // It goes with the last file that has it.
    private void ForgetBusId(ulong master)
    {
        if (_view.Named.Contains(master) && _files.Values.All(f => f.Candidate.Master != master))
            _view.Named = _view.Named.Remove(master);
    }

    private void Answer(OpenFile file)
    {
        Context.Unwatch(file.Ref);
        file.Ref.Tell(FileReleased.Instance);
        file.Closer.Tell(Done.Ok);
    }

    private Errno BecomeMaster(ulong id, Caller? caller)
    {
        var file = _files[id];
        var errno = _masters.Set(file.Candidate, caller ?? file.Candidate.Opener);
        file.View.ClientOf = file.Candidate.Master;
        PublishMaster();
        return errno;
    }

    private Errno ResignMaster(ulong id, Caller? caller)
    {
        var file = _files[id].Candidate;
        var errno = _masters.Drop(file, caller ?? file.Opener);
        if (_setup.Driver.Planted != PlantedBug.MasterRightStays)
            PublishMaster();
        return errno;
    }

    private Magic GiveMagic(ulong id) => new(_files[id].View.Magic = _masters.MagicOf(_files[id].Candidate));

    private Errno Authenticate(ulong caller, uint magic)
    {
        var id = _masters.Redeem(magic, _files[caller].Candidate.Master);
        if (!_files.TryGetValue(id, out var file))
            return Errno.EINVAL;
        // Published here, before the master is answered: who is told of it may call at once.
        file.View.Authenticated = true;
        return Errno.None;
    }

    private void PublishMaster() => _view.Master = _masters.Current;

    private Reply<VersionAgreed> AgreeOnVersion(ulong file, SetVersion wanted)
    {
        const int InterfaceMajor = 1;
        const int InterfaceMinor = 4;
        var driver = _setup.Driver.Version;
        var errno = Errno.None;
        if (wanted.InterfaceMajor != -1)
        {
            if (wanted.InterfaceMajor != InterfaceMajor || wanted.InterfaceMinor is < 0 or > InterfaceMinor)
                errno = Errno.EINVAL;
            else if (wanted.InterfaceMinor >= 1)
                _view.Named = _view.Named.Add(_files[file].Candidate.Master);
        }

        if (errno == Errno.None && wanted.DriverMajor != -1
            && (wanted.DriverMajor != driver.Major || wanted.DriverMinor < 0 || wanted.DriverMinor > driver.Minor))
            errno = Errno.EINVAL;
        if (errno == Errno.None)
            _setup.Driver.SetVersion(wanted);
        return new Reply<VersionAgreed>(errno, new VersionAgreed(InterfaceMajor, InterfaceMinor, driver.Major, driver.Minor));
    }

    private sealed class OpenFile(IActorRef file, MasterCandidate candidate, FileView view, IEventSink? events)
    {
        public IActorRef Ref { get; } = file;

        public MasterCandidate Candidate { get; } = candidate;

        public FileView View { get; } = view;

        public IEventSink? Events { get; } = events;

        public bool Closing { get; set; }

        public IActorRef Closer { get; set; } = ActorRefs.Nobody;
    }
}
