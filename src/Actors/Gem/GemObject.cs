using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Gem;

/// <summary>
/// One buffer. It lives as long as somebody holds it; the last reference gives its memory back before the call that dropped it is
/// answered, and the object stops.
/// <code>held --last reference--> freed, stopped</code>
/// </summary>
internal sealed class GemObject : DrmActor
{
    private readonly GemServices _gem;
    private readonly ulong _id;
    private readonly ArenaBlock _block;
    private readonly Reservation _reservation;
    private readonly ObjectStatus _status;
    private readonly DmaBufAttachment? _import;
    private HolderCounts _holders;
    private int _handles;
    private bool _named;
    private bool _freed;

    private bool IsHeld => !_holders.IsEmpty || _status.ExportsIfAny is { IsHolding: true };

    private IEnumerable<HolderCount> Holders =>
        _holders.ToImmutableArray().Concat((_status.ExportsIfAny?.Held ?? []).Select(b => new HolderCount(b.Holder, 1)));

    private GemReference Reference => new(Self, _id, _block, _reservation, _status, _import?.Buffer);

    private GemObject(
        GemServices gem, ulong id, ArenaBlock block, Reservation reservation, ObjectStatus status, Holder first, DmaBufAttachment? import)
    {
        _status = status;
        _gem = gem;
        _id = id;
        _block = block;
        _reservation = reservation;
        _import = import;
        _holders.Add(first);
        _handles = first.Kind == HolderKind.File ? 1 : 0;
        _status.Handles = _handles;
    }

    /// <summary>An object with its first reference. A producer, because objects are made by the hundred thousand.</summary>
    /// <param name="import">What of another device it is made around; null for memory of its own.</param>
    public static Props Props(
        GemServices gem, ulong id, ArenaBlock block, Reservation reservation, ObjectStatus status, Holder first, DmaBufAttachment? import) =>
        Akka.Actor.Props.CreateBy(new Producer(gem, id, block, reservation, status, first, import));

    protected override void OnReceive(object message)
    {
        if (_gem.Driver.Planted != PlantedBug.ImportMissedAtClose || message is not DropReference { Holder: var closing } || !_holders.Has(closing))
            TakeInImporters();
        switch (message)
        {
            case DropReference drop:
                if (!Drop(drop.Holder, drop.Reply) && drop.Reply is not null)
                    Sender.Tell(drop.Reply);
                break;
            case AddReference add:
                _holders.Add(add.Holder);
                if (add.Holder.Kind == HolderKind.Framebuffer)
                    _import?.BeginReading();
                break;
            case OpenHandle open:
                Open(open);
                break;
            case Flink when _handles > 0:
                _named = true;
                _gem.Core.Forward(new NameObject(_id));
                break;
            case Flink:
                Sender.Tell(Reply<GemNamed>.Failed(Errno.ENOENT));
                break;
            case MapObject map:
                Map(map);
                break;
            case DropFile gone:
                DropAll(new Holder(HolderKind.File, gone.FileId));
                DropAll(new Holder(HolderKind.Mapping, gone.FileId));
                DropAll(new Holder(HolderKind.Framebuffer, gone.FileId));
                // Else its end tells.
                if (!_freed)
                    Sender.Tell(new FileDropped(_id, gone.FileId));
                break;
            case AdviseObject advise:
                Sender.Tell(Advise(advise.IsNeeded));
                break;
            case EvictObject:
                Sender.Tell(new ObjectEvicted(_id, TryPurge()));
                break;
            case ListHolders:
                Sender.Tell(Reply<HolderList>.Success(new HolderList([.. Holders], _import?.Buffer)));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal override IEnumerable<(string Name, object Value)> Facts()
    {
        foreach (var (holder, count) in Holders)
            yield return ($"held by {TextOf(holder)}", count);
        if (_named)
            yield return ("named", "yes");
        if (_status.Advice != ObjectAdvice.Needed)
            yield return ("contents", _status.Advice);
        if (_freed)
            yield return ("freed", "yes");
    }

    /// <summary>Also after a crash: what the object held goes back.</summary>
    protected override void PostStop()
    {
        if (_freed)
            return;
        // From here on nobody exports or imports it, and who did before is known.
        _status.Exports.Lose();
        TakeInImporters();
        foreach (var (holder, count) in _holders.ToImmutableArray())
            for (var i = 0; holder.Kind == HolderKind.File && i < count; i++)
                _gem.Driver.GemCloseObject(holder.Id, _id);
        Free();
    }

    private static string TextOf(Holder holder) => holder.Kind switch
    {
        HolderKind.Console => "the console",
        HolderKind.DmaBuf => $"dma-buf {holder.Id}",
        _ => $"{holder.Kind} of file {holder.Id}",
    };

    /// <returns>The reply is another's to give.</returns>
    private bool Drop(Holder holder, object? reply = null)
    {
        if (holder.Kind == HolderKind.DmaBuf)
            _status.Exports.Forget(holder.Id);
        else if (!_holders.Remove(holder))
            return false;
        if (holder.Kind == HolderKind.File)
            CloseHandle(holder.Id);
        else if (holder.Kind == HolderKind.Framebuffer)
            _import?.EndReading();
        return !IsHeld && Free(keep: holder.Kind == HolderKind.Mapping && _gem.Driver.Planted == PlantedBug.MemoryLeftByLastMapping, reply);
    }

    private void Open(OpenHandle open)
    {
        var errno = _freed || (open.ByName && _handles == 0) ? Errno.ENOENT : _gem.Driver.GemOpenObject(open.File.Id, _id);
        if (errno == Errno.None)
            Hold(open.File);
        Sender.Tell(new HandleOpened(open.Handle, errno == Errno.None ? Reference : null, errno));
    }

    private void Hold(Holder file)
    {
        _holders.Add(file);
        _handles++;
        _status.Handles = _handles;
    }

    private void TakeInImporters()
    {
        foreach (var file in _status.ExportsIfAny?.TakeImporters() ?? [])
            Hold(new Holder(HolderKind.File, file));
    }

    private void CloseHandle(ulong file)
    {
        _gem.Driver.GemCloseObject(file, _id);
        _handles--;
        if (_handles == 0 && _status.ExportsIfAny is { } exports && !exports.TryLetGo())
            TakeInImporters();
        _status.Handles = _handles;
        if (_handles > 0 && _gem.Driver.Planted != PlantedBug.NameGoneWithFirstHandle)
            return;
        if (_named)
            _gem.Core.Tell(new ForgetName(_id));
        _named = false;
    }

    private void DropAll(Holder holder)
    {
        while (_holders.Has(holder))
            Drop(holder);
    }

    private void Map(MapObject map)
    {
        var errno = _freed || _status.Advice == ObjectAdvice.Purged ? Errno.EINVAL : _holders.Has(map.File) || (_gem.Driver.Planted == PlantedBug.MappingRightStays && _holders.Has(map.Mapping)) ? Errno.None : Errno.EACCES;
        if (errno == Errno.None)
        {
            _holders.Add(map.Mapping);
            if (_gem.Driver.PopulatesMappings)
                _gem.Arena.Populate(_block);
        }

        Sender.Tell(new ObjectMapped(errno, Reference, map.MappingId, map.Call, map.Caller));
    }

    private Reply<ObjectAdvised> Advise(bool isNeeded)
    {
        if (_status.Advice != ObjectAdvice.Purged)
        {
            _status.Advice = isNeeded ? ObjectAdvice.Needed : ObjectAdvice.NotNeeded;
            _gem.Core.Tell(new ObjectPurgeable(_id, !isNeeded));
        }

        return Reply<ObjectAdvised>.Success(new ObjectAdvised(_status.Advice != ObjectAdvice.Purged));
    }

    // Handles alone hold what may go: what is shown, mapped or exported is in use, and what a fence is for is about to be.
    private bool TryPurge()
    {
        if (_freed || _import is not null || _status.Advice != ObjectAdvice.NotNeeded || !_holders.AreAll(HolderKind.File) || _status.ExportsIfAny is { IsHolding: true } || !_reservation.IsIdle(FenceUsage.Bookkeep))
            return false;
        _gem.Arena.Discard(_block);
        _status.Advice = ObjectAdvice.Purged;
        return true;
    }

    // Who imported may have been the last to hold the exporter's object: nobody hears of the end here before that has given its memory back as well.
    private bool Free(bool keep = false, object? reply = null)
    {
        _freed = true;
        _gem.Driver.GemFreeObject(_id);
        var isPassedOn = false;
        if (_import is { } import)
        {
            _gem.Driver.GemPrimeRelease(_id, import.Table);
            isPassedOn = import.Detach(new ObjectFreed(_id, reply is null ? null : new CallAnswer(Sender, reply)), _gem.Core);
        }
        else if (!keep)
        {
            _gem.Driver.GemRelease(_gem.Arena, _block);
        }

        if (!isPassedOn)
            _gem.Core.Tell(new ObjectFreed(_id));
        Context.Stop(Self);
        return isPassedOn;
    }

    private sealed class Producer(
        GemServices gem, ulong id, ArenaBlock block, Reservation reservation, ObjectStatus status, Holder first, DmaBufAttachment? import)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(GemObject);

        public ActorBase Produce() => new GemObject(gem, id, block, reservation, status, first, import);

        public void Release(ActorBase actor)
        {
        }
    }
}
