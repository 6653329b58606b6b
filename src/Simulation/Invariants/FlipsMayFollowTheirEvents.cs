using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class FlipsMayFollowTheirEvents : Invariant
{
    // Those that may be on their way to the screen, in the order of their calls.
    private readonly List<Flight> _flights = [];

    // Atomic commits make CRTCs busy without an event, until the next vblank of theirs: no mode here is as slow as this, in ns.
    private const long Frame = 100_000_000;
    private int _commits;
    private long _blindUntil = long.MinValue;
    private bool _areBuffersInUse;

    public override string Protects => "whoever has the event of a flip may flip that CRTC again: it is not busy any more";

    public override void OnBegin(ObservedCall call)
    {
        if (IsCommit(call))
            _commits++;
        _areBuffersInUse |= call.Call is DmaBufImportSyncFile or VgemFenceAttach;
        if (call.Call is not ModePageFlip flip)
            return;
        var own = new Flight(call, flip);
        foreach (var other in _flights.Where(f => f.IsOfCrtcOf(own)))
            own.HasOther = other.HasOther = true;
        _flights.Add(own);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (IsCommit(call))
        {
            _commits--;
            // One that was refused has made nothing busy.
            if (call.Ok)
                _blindUntil = WaitsForFence(call) ? long.MaxValue : call.EndedAt is { } now ? Math.Max(_blindUntil, now + Frame) : long.MaxValue;
        }

        if (call.Call is ModePageFlip && call.Errno != Errno.None)
            Refused(call);
        else if (call is { Ok: true, Value: EventBatch batch })
            foreach (var flip in batch.Events.OfType<FlipCompleteEvent>())
                Came(call.File, flip);
    }

    private void Refused(ObservedCall call)
    {
        var flight = _flights.Find(f => f.Call == call)!;
        _flights.Remove(flight);
        if (call is { Errno: Errno.EBUSY, IsInjected: false, Device: not { IsDisturbed: true } } && !flight.HasOther && _commits == 0 && (_blindUntil == long.MinValue || call.BeganAt > _blindUntil) && PictureOf(call.Before, flight) is { } lit && ReferenceEquals(lit, PictureOf(call.After, flight)))
            throw Violated(call, "no flip is on its way to that CRTC");
    }

    // How long it keeps its CRTC busy, nobody knows: by a fence of its own, or by one of what it shows.
    private bool WaitsForFence(ObservedCall call) => _areBuffersInUse ||
        ((ModeAtomic)call.Call).Objects.Any(o => o.Properties.Any(p => p.Property == StandardProperties.InFenceFd.Id && (long)p.Value >= 0));

    private static bool IsCommit(ObservedCall call) => call.Call is ModeAtomic atomic && !atomic.Flags.HasFlag(AtomicFlags.TestOnly);

    // One comes to the screen after the other: with this one, all that were accepted before it was asked for.
    private void Came(ulong file, FlipCompleteEvent flip)
    {
        if (_flights.Find(f => f.Call.File == file && f.Flip.UserData == flip.UserData) is not { } come)
            return;
        _flights.RemoveAll(f => f == come || (f.IsOfCrtcOf(come) && f.Call.Ended > 0 && f.Call.Ended < come.Call.Began));
    }

    // A dark one is busy too. What went dark meanwhile and is lit again is another picture.
    private static PlaneState? PictureOf(DeviceSnapshot? device, Flight flight) =>
        device is { State: var state } && state.Config.Find(flight.Flip.Crtc) is { } crtc && state.PrimaryOf(crtc) is { Framebuffer: not null } plane
            ? plane
            : null;

    private sealed class Flight(ObservedCall call, ModePageFlip flip)
    {
        public ObservedCall Call { get; } = call;

        public ModePageFlip Flip { get; } = flip;

        public bool IsOfCrtcOf(Flight other) => Flip.Crtc == other.Flip.Crtc && FileNumber.DeviceOf(Call.File) == FileNumber.DeviceOf(other.Call.File);

        /// <summary>Another flip of the CRTC may have been on its way at some time during the call.</summary>
        public bool HasOther { get; set; }
    }
}
