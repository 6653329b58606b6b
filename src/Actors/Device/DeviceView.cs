using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Files;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>
/// What the files of a device may read without asking: the device publishes, everybody else only looks. Each field is one
/// immutable snapshot; a caller that was answered by the device sees at least what that answer was made from.
/// </summary>
internal sealed class DeviceView(DeviceSetup setup, IActorRef device, IActorRef gem)
{
    private volatile KmsState? _state;
    private volatile ImmutableHashSet<ulong> _named = [];
    private volatile Func<Descriptor, bool>? _isSyncFile;
    private ulong _master;
    private int _syncobjWaits;
    private volatile bool _gone;
    private volatile ImmutableList<FileView> _files = [];
    private volatile ImmutableDictionary<ConnectorId, ConnectorForce> _forces = ImmutableDictionary<ConnectorId, ConnectorForce>.Empty;
    private volatile ImmutableDictionary<ConnectorId, ImmutableArray<byte>> _edidOverrides = ImmutableDictionary<ConnectorId, ImmutableArray<byte>>.Empty;

    public DrmDriver Driver { get; } = setup.Driver;

    public IActorRef Device { get; } = device;

    /// <summary>The GEM core.</summary>
    public IActorRef Gem { get; } = gem;

    /// <summary>Waits for syncobjs that are under way, of all files.</summary>
    public int SyncobjWaits => Volatile.Read(ref _syncobjWaits);

    /// <summary>The memory of buffers.</summary>
    public Arena Arena { get; } = setup.Arena;

    /// <summary>The host's time.</summary>
    public AlarmClock Clock { get; } = setup.Clock;

    /// <summary>N of cardN.</summary>
    public int Minor => setup.Minor;

    /// <summary>N of renderDN; 0 for a device without one.</summary>
    public int RenderMinor => setup.RenderMinor;

    /// <summary>What is made to fail; of all cards of a host.</summary>
    public IoctlFaults Faults { get; } = setup.Faults ?? new IoctlFaults();

    /// <summary>What is open beside cards; of all cards of a host.</summary>
    public DescriptorTable Descriptors { get; } = setup.Descriptors ?? new DescriptorTable();

    /// <summary>Whether a descriptor is a sync file.</summary>
    public Func<Descriptor, bool> IsSyncFile => _isSyncFile ??= descriptor => Descriptors.Find(descriptor) is SyncFile;

    /// <summary>The numbers of fence contexts; of all cards of a host.</summary>
    public FenceContexts Contexts { get; } = setup.Contexts ?? new FenceContexts();

    /// <summary>The display controllers, by CRTC index. Set once, before the device can be opened.</summary>
    public ImmutableArray<IActorRef> Pipes { get; set; } = [];

    public KmsState State
    {
        get => _state!;
        set => _state = value;
    }

    /// <summary>Whether a mode configuration is there at all.</summary>
    public bool HasState => _state is not null;

    /// <summary>What calls may need. Set with the mode configuration.</summary>
    public DriverFeatures Features { get; set; }

    public string BusId => setup.Board.Device;

    /// <summary>The masters that have asked for the bus id by SET_VERSION, and their clients know it as well.</summary>
    public ImmutableHashSet<ulong> Named
    {
        get => _named;
        set => _named = value;
    }

    /// <summary>The id of the file that is master; 0 for none.</summary>
    public ulong Master
    {
        get => Volatile.Read(ref _master);
        set => Volatile.Write(ref _master, value);
    }

    /// <summary>The open files, the oldest first.</summary>
    public ImmutableList<FileView> Files
    {
        get => _files;
        set => _files = value;
    }

    /// <summary>Connectors whose status somebody has set by hand.</summary>
    public ImmutableDictionary<ConnectorId, ConnectorForce> Forces
    {
        get => _forces;
        set => _forces = value;
    }

    /// <summary>EDIDs that somebody has put in place of what monitors say.</summary>
    public ImmutableDictionary<ConnectorId, ImmutableArray<byte>> EdidOverrides
    {
        get => _edidOverrides;
        set => _edidOverrides = value;
    }

    /// <summary>Unplugged: every call is ENODEV.</summary>
    public bool Gone
    {
        get => _gone;
        set => _gone = value;
    }

    public void CountSyncobjWaits(int more) => Interlocked.Add(ref _syncobjWaits, more);
}
