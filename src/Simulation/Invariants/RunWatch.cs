using DrmActors.Actors.Device;
using DrmActors.Actors.Prime;
using DrmActors.Hardware.Time;
using DrmActors.Messages;
using DrmActors.Simulation.Tracing;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

/// <summary>Tells the invariants of a run what its clients do, in one order. Thread-safe.</summary>
internal sealed class RunWatch(IReadOnlyList<Invariant> invariants)
{
    private readonly Lock _lock = new();
    private readonly List<ObservedCall> _pending = [];
    private readonly List<ObservedDevice> _devices = [];
    private readonly List<DmaBuf> _views = [];
    private long _order;

    /// <summary>What has gone wrong because somebody wanted it to.</summary>
    public FaultCounts Faults { get; init; } = new();

    /// <summary>Those that clients have met, the oldest first.</summary>
    public IReadOnlyList<ObservedDevice> Devices
    {
        get
        {
            lock (_lock)
                return [.. _devices];
        }
    }

    /// <summary>Dma-bufs that clients have mapped, as often as they have.</summary>
    public IReadOnlyList<DmaBuf> Views
    {
        get
        {
            lock (_lock)
                return [.. _views];
        }
    }

    /// <summary>Null where nobody knows the time.</summary>
    public AlarmClock? Clock { get; set; }

    /// <summary>Told of each call and each answer; null for nobody.</summary>
    public Action<string>? Say { get; set; }

    /// <summary>How many messages have been delivered; null where nobody counts them.</summary>
    public Func<long>? Messages { get; set; }

    public IReadOnlyList<Invariant> Invariants => invariants;

    /// <summary>Calls that are not answered yet: who waits, in a run that stands still.</summary>
    public IReadOnlyList<ObservedCall> Pending
    {
        get
        {
            lock (_lock)
                return [.. _pending];
        }
    }

    /// <summary>The device of a view, which is met here if it was not before.</summary>
    public ObservedDevice DeviceOf(DeviceView view)
    {
        lock (_lock)
        {
            if (_devices.Find(d => d.View == view) is { } met)
                return met;
            // What crashes is known by its path, where another device's may have come meanwhile.
            var device = new ObservedDevice(_devices.Count, view) { IsLossy = _pending.Exists(p => p.Call is InjectFault { LosesObjects: true }) };
            _devices.Add(device);
            view.Faults.OnFailed = OnFailed;
            return device;
        }
    }

    /// <summary>Whether the device of a file has lost objects in a crash.</summary>
    public bool HasLost(ulong file)
    {
        lock (_lock)
            return FileNumber.DeviceOf(file) is var number && number < _devices.Count && _devices[number].IsLossy;
    }

    /// <summary>A device that has lost objects in a crash, or may have.</summary>
    public void Lose(DeviceView view)
    {
        lock (_lock)
            DeviceOf(view).IsLossy = true;
    }

    /// <param name="device">Null for the file's.</param>
    public ObservedCall Begin(int client, int step, ulong file, IIoctl call, ObservedDevice? device = null)
    {
        lock (_lock)
        {
            device ??= FileNumber.DeviceOf(file) is var number && number < _devices.Count ? _devices[number] : null;
            if (device is not null && call is InjectFault fault)
                foreach (var hit in fault.OfAllDevices ? _devices : [device])
                    (hit.IsDisturbed, hit.IsLossy) = (true, hit.IsLossy || fault.LosesObjects);
            var observed = new ObservedCall(client, step, file, call, ++_order, device?.Snapshot(), device)
            {
                Since = Messages?.Invoke() ?? 0,
                BeganAt = Clock?.Now,
            };
            Say?.Invoke($"client {client}, call {step}: {observed}");
            foreach (var other in _pending)
            {
                observed.IsAlone = other.IsAlone = false;
                if (other.Client == client)
                    observed.IsAloneInClient = other.IsAloneInClient = false;
            }

            _pending.Add(observed);
            foreach (var invariant in invariants)
                invariant.OnBegin(observed);
            return observed;
        }
    }

    public void End(ObservedCall call, Errno errno, object? value)
    {
        lock (_lock)
        {
            (call.Ended, call.EndedAt, call.Errno, call.Value, call.After) = (++_order, Clock?.Now, errno, value, call.Device?.Snapshot());
            _pending.Remove(call);
            Say?.Invoke($"client {call.Client}, call {call.Step}: {call}{(value is null or Done ? "" : $" {MessageText.Of(value)}")}");
            foreach (var invariant in invariants)
                invariant.OnEnd(call);
        }
    }

    public void Look(ObservedLook look)
    {
        lock (_lock)
        {
            Say?.Invoke($"client {look.Client}, call {look.Step}: {look.Handle}, in which {look.Written:x} was written, begins with {look.Head:x} and ends with {look.Tail:x}");
            foreach (var invariant in invariants)
                invariant.OnLook(look);
        }
    }

    public void Look(ObservedGlance glance)
    {
        lock (_lock)
            foreach (var invariant in invariants)
                invariant.OnGlance(glance);
    }

    public void Mark(int client, (long Offset, uint Stamp) memory, ulong value)
    {
        lock (_lock)
            foreach (var invariant in invariants)
                invariant.OnMark(client, memory, value);
    }

    /// <summary>A client has mapped a dma-buf, without a card.</summary>
    public void BeginView(DmaBuf buffer)
    {
        lock (_lock)
            _views.Add(buffer);
    }

    public void EndView(DmaBuf buffer)
    {
        lock (_lock)
            _views.Remove(buffer);
    }

    /// <summary>What is wrong with it, if it stays so: the exception to throw then.</summary>
    public InvariantException? FaultAt(QuietPoint now) => Fault(i => i.AtQuiet(now));

    /// <inheritdoc cref="FaultAt"/>
    public InvariantException? FaultAtEnd(QuietPoint start, QuietPoint now) => Fault(i => i.AtEnd(start, now));

    /// <inheritdoc cref="FaultAt"/>
    /// <remarks>In a world where nothing can happen any more.</remarks>
    public InvariantException? FaultAtStandstill() => Fault(i => i.AtStandstill());

    private InvariantException? Fault(Func<Invariant, string?> check)
    {
        lock (_lock)
        {
            foreach (var device in _devices)
                device.IsDisturbed = false;
            foreach (var invariant in invariants)
                if (check(invariant) is { } fault)
                    return new InvariantException(invariant, client: -1, step: 0, fault);
        }

        return null;
    }

    private void OnFailed(IIoctl call, IoctlFault fault)
    {
        Faults.Add(FaultCounts.NameOf(fault));
        lock (_lock)
            if (_pending.Find(p => ReferenceEquals(p.Call, call)) is { } pending)
                pending.IsInjected = true;
    }
}
