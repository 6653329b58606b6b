using Akka.Actor;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Gem;

/// <summary>
/// The GEM core of a device (/cardN/gem): makes the objects, its children, gives out their fake mmap offsets, and keeps the index from
/// files to the objects that they hold, so that a file that is gone holds nothing.
/// </summary>
internal sealed class GemCore : DrmActor
{
    private readonly GemServices _gem;
    private readonly VmaOffsetManager _offsets = new();
    private readonly Dictionary<ulong, GemEntry> _objects = [];
    private readonly Dictionary<ulong, FileRelease> _releases = [];
    private readonly FileObjects _byFile = new();
    private readonly GemNames _names = new();
    private readonly GemShrinker _shrinker;
    private ulong _lastId;

    private GemCore(DeviceSetup setup)
    {
        _gem = new GemServices(setup.Arena, setup.Driver, setup.Descriptors ?? new(), setup.Contexts ?? new(), Self);
        _shrinker = new GemShrinker(setup.Board.Memory.Limit);
    }

    public static Props Props(DeviceSetup setup) => ActorProps.Of(() => new GemCore(setup));

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionPolicy.OfGemCore;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CreateObject create when _shrinker.IsShortFor(create.Size):
                _shrinker.Wait(create, Sender);
                _shrinker.GoOn(Create, Refuse);
                break;
            case CreateObject create:
                Create(create, Sender);
                break;
            case ObjectPurgeable purgeable when _objects.TryGetValue(purgeable.ObjectId, out var advised):
                _shrinker.Advise(advised, !purgeable.IsPurgeable);
                break;
            case ObjectPurgeable:
                break;
            case ObjectEvicted evicted:
                if (_objects.TryGetValue(evicted.ObjectId, out var asked))
                    _shrinker.Answered(asked, evicted.IsPurged);
                _shrinker.GoOn(Create, Refuse);
                break;
            case ImportObject import:
                Import(import);
                break;
            case ObjectFreed freed:
                Forget(freed.ObjectId);
                freed.Answer?.Caller.Tell(freed.Answer.Reply);
                break;
            case GetMapOffset get:
                Sender.Tell(OffsetOf(get.ObjectId));
                break;
            case OpenByName open:
                Open(open);
                break;
            case NameObject name:
                Sender.Tell(NameOf(name.ObjectId));
                break;
            case ForgetName forget when _objects.TryGetValue(forget.ObjectId, out var unnamed):
                _names.Free(unnamed);
                break;
            case ForgetName:
                break;
            case NoteSharer note when _objects.TryGetValue(note.ObjectId, out var shared):
                _byFile.Share(note.FileId, shared);
                break;
            case NoteSharers note:
                foreach (var id in note.Objects)
                    if (_objects.TryGetValue(id, out var imported))
                        _byFile.Share(note.FileId, imported);
                break;
            case MapAt map:
                Map(map);
                break;
            case ReleaseFileObjects release:
                Release(release.FileId);
                break;
            case FileDropped dropped:
                Settle(dropped.FileId, dropped.ObjectId);
                break;
            case ListObjects:
                Sender.Tell(Reply<ObjectList>.Success(new ObjectList([.. _objects.Values.Select(e => e.Object).OrderBy(o => o.Id)])));
                break;
            case ListNames:
                Sender.Tell(Reply<NameList>.Success(new NameList(_names.All)));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal override IEnumerable<(string Name, object Value)> Facts()
    {
        foreach (var (id, entry) in _objects)
            yield return ($"object {id}", string.Join(", ", WhatIsKnownOf(entry)));
    }

    private static IEnumerable<string> WhatIsKnownOf(GemEntry entry)
    {
        yield return entry.File == 0 ? "the console's" : $"of file {entry.File}";
        if (entry.Offset != 0)
            yield return $"at {entry.Offset:x}";
        if (!entry.Name.IsNone)
            yield return entry.Name.ToString();
        foreach (var file in entry.Sharers)
            yield return $"also of file {file}";
    }

    /// <summary>Nobody is left waiting for room.</summary>
    protected override void PostStop()
    {
        foreach (var (create, caller) in _shrinker.TakeWaiting(_ => true))
            Refuse(create, caller, Errno.ENODEV);
    }

    private static void Refuse(CreateObject create, IActorRef caller) => Refuse(create, caller, Errno.ENOMEM);

    private static void Refuse(CreateObject create, IActorRef caller, Errno errno)
    {
        create.Maker.Tell(new ObjectCreated(create.Handle, null, errno));
        caller.Tell(create.Call.Fail(errno));
    }

    private void Create(CreateObject create, IActorRef caller)
    {
        ArenaBlock block = default;
        var backing = _gem.Arena.IsLent ? ArenaBacking.Own : create.Backing;
        var errno = _gem.Driver.GemAllocate(_gem.Arena, create.Size, backing, out block);
        var id = _lastId + 1;
        if (errno == Errno.None && create.Holder.Kind == HolderKind.File)
        {
            errno = _gem.Driver.GemOpenObject(create.Holder.Id, id);
            if (errno != Errno.None)
                _gem.Driver.GemRelease(_gem.Arena, block);
        }

        if (errno != Errno.None)
        {
            Refuse(create, caller, errno);
            return;
        }

        var made = Add(id, block, new Reservation(), create.Holder, import: null);
        // The maker first: the caller may use the handle as soon as it is answered.
        create.Maker.Tell(new ObjectCreated(create.Handle, made, Errno.None));
        caller.Tell(create.Reply);
    }

    private GemReference Add(ulong id, ArenaBlock block, Reservation reservation, Holder holder, DmaBufAttachment? import)
    {
        _lastId = id;
        var status = new ObjectStatus(_gem, isImported: import is not null);
        var actor = Context.ActorOf(GemObject.Props(_gem, id, block, reservation, status, holder, import), id.ToString());
        var entry = new GemEntry(new GemReference(actor, id, block, reservation, status, import?.Buffer));
        _objects.Add(id, entry);
        if (import is null)
            _shrinker.Add(entry);
        if (holder.Kind == HolderKind.File)
            _byFile.Add(holder.Id, entry);
        return entry.Object;
    }

    // Attached first, and the driver's own object around the memory last; each step is undone where a later one fails.
    private void Import(ImportObject import)
    {
        var (driver, id) = (_gem.Driver, _lastId + 1);
        DmaBufAttachment? attachment = null;
        var errno = driver.GemPrimeImport(import.Buffer.Size);
        if (errno == Errno.None)
            errno = import.Buffer.Attach(out attachment);
        if (errno == Errno.None)
            errno = TakeIn(driver, id, import.File.Id, attachment!);
        var exporter = import.Buffer.Exporter;
        var made = errno == Errno.None ? Add(id, exporter.Block, exporter.Reservation, import.File, attachment) : null;
        Sender.Tell(new HandleOpened(import.Handle, made, errno));
    }

    private static Errno TakeIn(DrmDriver driver, ulong id, ulong file, DmaBufAttachment attachment)
    {
        var errno = driver.GemPrimeImportSgTable(id, attachment.Table);
        if (errno == Errno.None)
        {
            errno = driver.GemOpenObject(file, id);
            if (errno != Errno.None)
                driver.GemPrimeRelease(id, attachment.Table);
        }

        if (errno != Errno.None)
            attachment.Detach();
        return errno;
    }

    private Reply<MapOffset> OffsetOf(ulong id)
    {
        if (!_objects.TryGetValue(id, out var entry))
            return Reply<MapOffset>.Failed(Errno.ENOENT);
        if (entry.Offset == 0 || _gem.Driver.Planted == PlantedBug.OffsetNotKept)
            entry.Offset = _offsets.Allocate(id, entry.Object.Block.Length);
        return Reply<MapOffset>.Success(new MapOffset((ulong)entry.Offset));
    }

    private void Open(OpenByName open)
    {
        if (_names.Find(open.Name) is not { } entry)
        {
            Sender.Tell(new HandleOpened(open.Open.Handle, null, Errno.ENOENT));
            return;
        }

        // Noted before it is held, so that a file that dies in between is known to hold it.
        _byFile.Share(open.Open.File.Id, entry);
        entry.Object.Object.Forward(open.Open);
    }

    private Reply<GemNamed> NameOf(ulong id)
    {
        if (!_objects.TryGetValue(id, out var entry))
            return Reply<GemNamed>.Failed(Errno.ENOENT);
        if (entry.Name.IsNone)
            _names.Add(entry);
        return Reply<GemNamed>.Success(new GemNamed(entry.Name));
    }

    private void Map(MapAt map)
    {
        if (!_offsets.TryFindExact((long)map.Call.Offset, out var id, out var length)
            || map.Call.Length == 0 || map.Call.Length > (ulong)length)
            Sender.Tell(new ObjectMapped(Errno.EINVAL, null, map.MappingId, map.Call, map.Caller));
        else
            _objects[id].Object.Object.Forward(
                new MapObject(map.File, new Holder(HolderKind.Mapping, map.File.Id), map.MappingId, map.Call, map.Caller));
    }

    private void Release(ulong fileId)
    {
        // What it waits for it will not have.
        foreach (var (create, caller) in _shrinker.TakeWaiting(h => h == new Holder(HolderKind.File, fileId)))
            Refuse(create, caller, Errno.EBADF);
        var release = new FileRelease(Sender);
        foreach (var entry in _byFile.Of(fileId))
        {
            release.Waiting.Add(entry.Object.Id);
            entry.Object.Object.Tell(new DropFile(fileId));
        }

        _releases[fileId] = release;
        Settle(fileId, objectId: 0);
    }

    // By the object's answer or by its end, whichever comes first.
    private void Settle(ulong fileId, ulong objectId)
    {
        if (!_releases.TryGetValue(fileId, out var release))
            return;
        release.Waiting.Remove(objectId);
        if (release.Waiting.Count > 0)
            return;
        _releases.Remove(fileId);
        _byFile.Unshare(fileId);
        release.Asker.Tell(new FileObjectsReleased(fileId));
    }

    private void Forget(ulong id)
    {
        if (!_objects.Remove(id, out var entry))
            return;
        if (entry.Offset != 0)
            _offsets.Free(entry.Offset);
        _names.Free(entry);
        _byFile.Remove(entry);
        _shrinker.Forget(entry);
        _shrinker.GoOn(Create, Refuse);
        Settle(entry.File, id);
        foreach (var file in entry.Sharers)
            Settle(file, id);
    }

    private sealed record FileRelease(IActorRef Asker)
    {
        public HashSet<ulong> Waiting { get; } = [];
    }
}
