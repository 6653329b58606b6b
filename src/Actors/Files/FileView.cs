using System.Collections.Immutable;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Actors.Syncobjs;
using DrmActors.Kms;
using DrmActors.Kms.Leases;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Files;

/// <summary>
/// What answers the reads of a file: the device's snapshot, and what the file's actor, and for its rights the device, publish here. Any thread may read it,
/// so a call that needs nobody else is answered where it comes in; a caller that was answered by the file sees at least what that answer did.
/// </summary>
internal sealed class FileView(DeviceView device, ulong id, Credentials credentials, bool authenticated)
{
    private volatile bool _authenticated = authenticated;
    private volatile bool _closed;
    private volatile uint _magic;
    private volatile bool _ended;
    private volatile Lease? _lease;
    private volatile FileSyncobjs? _syncobjs;
    private volatile string _name = "";
    private long _handled;
    private ulong _clientOf;

    public ulong Id { get; } = id;

    /// <summary>Who opened it.</summary>
    public Credentials Credentials => credentials;

    /// <summary>What GET_MAGIC gave it last; 0 for nothing yet.</summary>
    public uint Magic
    {
        get => _magic;
        set => _magic = value;
    }

    public ClientCaps Caps { get; } = new();

    /// <summary>Null until its actor is there.</summary>
    public FileSyncobjs? Syncobjs
    {
        get => _syncobjs;
        set => _syncobjs = value;
    }

    /// <summary>What SET_CLIENT_NAME gave it last; empty for no name.</summary>
    public string Name
    {
        get => _name;
        set => _name = value;
    }

    public bool Authenticated
    {
        get => _authenticated;
        set => _authenticated = value;
    }

    public bool Closed
    {
        get => _closed;
        set => _closed = value;
    }

    /// <summary>Its actor is no more: there is nobody to be a file of.</summary>
    public bool Ended
    {
        get => _ended;
        set => _ended = value;
    }

    /// <summary>
    /// How many calls its actor has answered or passed on; munmap, which nobody waits for, is not among them. Whoever knows how many were sent knows
    /// from it whether a read of what is published here would overtake one of them.
    /// </summary>
    public long Handled => Volatile.Read(ref _handled);

    /// <summary>By its actor alone.</summary>
    public void CountHandled() => Volatile.Write(ref _handled, _handled + 1);

    public DeviceView Device => device;

    /// <summary>The device is: every call is ENODEV before anything of it is looked at.</summary>
    public bool IsGone => device.Gone;

    /// <summary>Opened on the render node: only what the table allows there, and for that no authentication.</summary>
    public bool IsRender { get; init; }

    /// <summary>What a lessee has been lent; null for a file that is none.</summary>
    public Lease? Lease
    {
        get => _lease;
        set => _lease = value;
    }

    /// <summary>The file that is, or was, master for it; 0 for none.</summary>
    public ulong ClientOf
    {
        get => Volatile.Read(ref _clientOf);
        set => Volatile.Write(ref _clientOf, value);
    }

    /// <summary>The bus id; empty until its master has asked for it.</summary>
    public string Unique => device.Named.Contains(ClientOf) ? device.BusId : "";

    /// <summary>A lessee is master of what it has while its lessor is.</summary>
    public bool IsMaster => device.Master == (_lease?.Lessor ?? Id);

    public bool IsRoot => credentials.IsRoot;

    /// <summary>
    /// The answer of a call that is refused, or that a snapshot answers; null for one that changes something or waits, for any while something is
    /// made to fail, which is decided by the file's actor alone, so that each call counts once, and for any of a file that has died.
    /// </summary>
    public object? TryAnswer(IIoctl call)
    {
        if (_ended || !device.Faults.IsEmpty)
            return null;
        var errno = Refusal(call);
        if (errno == Errno.None)
            errno = Hidden(call);
        return errno == Errno.None ? Read(call) ?? _syncobjs?.Read(call) : call.Fail(errno);
    }

    /// <summary>Whether the call names what a lessee does not know of.</summary>
    public Errno Hidden(IIoctl call) => _lease is { } lease ? LesseeCalls.Check(device.State, lease, call) : Errno.None;

    /// <summary>What is decided by a call's number, before its argument is read: ENODEV where the device is gone, EINVAL for another driver's own.</summary>
    public Errno Refusal(IoctlNumber number) =>
        !number.IsOfCards ? Errno.None : device.Gone ? Errno.ENODEV : IoctlTable.Admit(number, device.Features);

    /// <summary>What is decided before a call's fields, in the kernel's order: gone, closed, rights, feature. Nobody is kept from giving back.</summary>
    public Errno Refusal(IIoctl call)
    {
        if (call is CloseFile or Munmap)
            return Errno.None;
        if (_closed)
            return Errno.EBADF;
        if (device.Gone)
            return Errno.ENODEV;
        var rights = new CallerRights(_authenticated, IsMaster, credentials.IsRoot, RenderNode: IsRender);
        return IoctlTable.Admit(call, rights, device.Features);
    }

    /// <summary>The reads that need nobody else; null for any other call.</summary>
    public object? Read(IIoctl call) =>
        ReadAll(call) is { } reply ? _lease is { } lease ? LesseeView.Narrow(device.State, lease, reply) : reply : null;

    private object? ReadAll(IIoctl call) => call switch
    {
        // First what comes most often.
        ModeAtomic atomic => Test(atomic),
        GetVersion => Reply<DriverVersion>.Success(device.Driver.Version),
        GetUnique => Reply<UniqueName>.Success(new UniqueName(Unique)),
        GetClient client => client.Index == 0
            ? Reply<ClientInfo>.Success(new ClientInfo(_authenticated, (client.Caller ?? credentials.Caller).ProcessId, ClientInfo.NoUser))
            : Reply<ClientInfo>.Failed(Errno.EINVAL),
        GetStats => Done.Ok,
        GetCap get => Capabilities.Read(get.Capability, device.State.Config, device.Features),
        ModeGetResources => Reply<ModeResources>.Success(ModeQueries.Resources(device.State, Id, Caps.OfModes)),
        ModeGetCrtc get => ModeQueries.Crtc(device.State, get.Crtc, Caps.OfModes.AspectRatio),
        ModeGetGamma get => ModeQueries.Gamma(device.State, get),
        ModeGetConnector { Probe: true } when IsMaster => null,
        ModeGetConnector get => ModeQueries.Connector(device.State, get.Connector, Caps.OfModes),
        ModeGetEncoder get => ModeQueries.Encoder(device.State, get.Encoder),
        ModeGetPlaneResources => Reply<ModePlaneResources>.Success(ModeQueries.PlaneResources(device.State, Caps.OfModes)),
        ModeGetPlane get => ModeQueries.Plane(device.State, get.Plane),
        ModeGetProperty get => PropertyQueries.Property(device.State, get.Property),
        ModeObjGetProperties get => PropertyQueries.OfObject(device.State, get, Caps.OfModes.Atomic),
        ModeGetPropBlob get => PropertyQueries.Blob(device.State, get.Blob),
        ModeListLessees list => list.Pad == 0 ? Reply<Lessees>.Success(new Lessees(OwnLessees())) : Reply<Lessees>.Failed(Errno.EINVAL),
        ModeGetLease get => get.Pad == 0 ? Reply<LeasedObjects>.Success(new LeasedObjects(OwnObjects())) : Reply<LeasedObjects>.Failed(Errno.EINVAL),
        _ => null,
    };

    // Those to whom nothing is lent any more, or never was, are not told.
    private ImmutableArray<uint> OwnLessees() =>
        [.. device.Files.Select(f => f.Lease).OfType<Lease>().Where(l => l.Lessor == Id && !l.Objects.IsEmpty).Select(l => l.Lessee).Order()];

    private ImmutableArray<uint> OwnObjects() => _lease is { } lease ? [.. lease.Objects] : ModeObjectLookup.AllIds(device.State);

    /// <summary>What the device shows, for those who look inside.</summary>
    public KmsState Snapshot => device.State;

    /// <summary>The addresses that a call names among its values, where it gets an answer beside its own argument.</summary>
    public IEnumerable<ulong> PointersOf(IIoctl call) =>
        call is ModeAtomic atomic && device.HasState ? AtomicRequest.FencePointers(device.State, atomic) : [];

    /// <summary>The descriptors that a call names.</summary>
    public ImmutableArray<Descriptor> DescriptorsOf(IIoctl call) => call switch
    {
        ITakesDescriptors takes => takes.Takes,
        ModeAtomic atomic when device.HasState => AtomicDescriptors.Of(device.State, atomic),
        _ => [],
    };

    /// <summary>The same call with others of them, as many and in the same order.</summary>
    public IIoctl With(IIoctl call, ImmutableArray<Descriptor> descriptors) => call switch
    {
        ITakesDescriptors takes => takes.With(descriptors),
        ModeAtomic atomic when device.HasState => AtomicDescriptors.With(device.State, atomic, descriptors),
        _ => call,
    };

    // A test asks nobody: it is about the state that everybody sees. Anything else is for the device.
    private Reply<AtomicDone>? Test(ModeAtomic atomic)
    {
        var errno = AtomicRequest.CheckFlags(device.State.Config, atomic, Caps.OfModes.Atomic);
        if (errno != Errno.None)
            return Reply<AtomicDone>.Failed(errno);
        return atomic.Flags.HasFlag(AtomicFlags.TestOnly) ? AtomicRequest.Test(device.State, atomic, _lease, device.IsSyncFile) : null;
    }
}
