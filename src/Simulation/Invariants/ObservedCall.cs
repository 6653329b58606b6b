using System.Collections.Immutable;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Simulation.Tracing;

namespace DrmActors.Simulation.Invariants;

/// <summary>A call from the moment before it is made to the moment after it is answered.</summary>
internal sealed class ObservedCall(int client, int step, ulong file, IIoctl call, long began, DeviceSnapshot? before, ObservedDevice? device = null)
{
    public int Client { get; } = client;

    /// <summary>Which call of the client's workload, from 0.</summary>
    public int Step { get; } = step;

    /// <summary>The <see cref="FileNumber"/>; for an open, once it is there.</summary>
    public ulong File { get; set; } = file;

    /// <summary>Null without one to look at.</summary>
    public ObservedDevice? Device { get; set; } = device;

    /// <summary>It was made to fail.</summary>
    public bool IsInjected { get; set; }

    public IIoctl Call { get; } = call;

    /// <summary>When, among all beginnings and ends of the run.</summary>
    public long Began { get; } = began;

    /// <summary>How many messages had been delivered when it began: where to look in a trace.</summary>
    public long Since { get; init; }

    /// <summary>In ns; null where nobody knows the time.</summary>
    public long? BeganAt { get; init; }

    /// <inheritdoc cref="BeganAt"/>
    public long? EndedAt { get; set; }

    /// <summary>0 while it is under way.</summary>
    public long Ended { get; set; }

    public Errno Errno { get; set; }

    /// <summary>What the answer brings; null for nothing.</summary>
    public object? Value { get; set; }

    /// <summary>No other call of anybody was under way with it.</summary>
    public bool IsAlone { get; set; } = true;

    /// <summary>No other call of its client was.</summary>
    public bool IsAloneInClient { get; set; } = true;

    /// <summary>Null without a device to look at.</summary>
    public DeviceSnapshot? Before { get; } = before;

    public DeviceSnapshot? After { get; set; }

    public bool Ok => Ended > 0 && Errno == Errno.None;

    public override string ToString() => $"{MessageText.Of(Call)} on file {File}{(Ended == 0 ? "" : $" -> {Errno}")}";
}

/// <summary>What a device shows of itself at a moment.</summary>
/// <param name="Files">How many are open, or not taken back yet.</param>
internal sealed record DeviceSnapshot(KmsState State, ulong Master, int Files)
{
    public static DeviceSnapshot Of(DeviceView view) => new(view.State, view.Master, view.Files.Count);
}

/// <summary>What a client saw at both ends of a buffer that nobody else may write.</summary>
/// <param name="Written">What it wrote there last; 0 for nothing yet.</param>
/// <param name="IsGone">The mapping was disposed of, and could be read all the same.</param>
internal sealed record ObservedLook(int Client, int Step, GemHandle Handle, ulong Written, ulong Head, ulong Tail, bool IsGone = false);

/// <summary>What a client saw at the beginning of memory that others may write as well.</summary>
/// <param name="Memory">Where it lies, and whose it is there.</param>
internal sealed record ObservedGlance(int Client, int Step, (long Offset, uint Stamp) Memory, ulong Head);

/// <summary>All that clients have met, while nobody calls.</summary>
/// <param name="WasUnplugged">A board has ended and come back, perhaps without memory for its console; or its console is what crashed.</param>
internal sealed record QuietPoint(ImmutableArray<QuietDevice> Devices, ArenaUsage Usage, bool WasUnplugged = false)
{
    /// <summary>Of dma-bufs and the like.</summary>
    public int OpenDescriptors { get; init; }
}

/// <summary>A card while nobody calls: its state, and who holds its objects.</summary>
/// <param name="Number">Of <see cref="FileNumber"/>.</param>
/// <param name="IsLossy">As <see cref="ObservedDevice.IsLossy"/>.</param>
/// <param name="IsDead">It has ended, and its files with it: none of them holds anything, whatever it held.</param>
internal sealed record QuietDevice(int Number, DeviceSnapshot Device, ImmutableArray<ObjectHolders> Objects, bool IsLossy = false, bool IsDead = false)
{
    /// <summary>The dma-bufs of its objects that somebody else holds: by a descriptor, by an import.</summary>
    public ImmutableHashSet<(Holder Buffer, ulong ObjectId)> Buffers { get; init; } = [];

    /// <summary>Waits for syncobjs that are under way.</summary>
    public int SyncobjWaits { get; init; }

    /// <summary>Its objects around memory of other devices.</summary>
    public ImmutableArray<QuietImport> Imports { get; init; } = [];

    /// <summary>What other devices have of its objects, and they of others, as its driver was told.</summary>
    public ImmutableDictionary<ulong, UseCounts> Uses { get; init; } = ImmutableDictionary<ulong, UseCounts>.Empty;
}

/// <summary>An object around another device's memory.</summary>
/// <param name="Exporter">The other's number.</param>
/// <param name="Of">The object there.</param>
/// <param name="IsLost">That has ended, and left its memory.</param>
/// <param name="IsShown">A framebuffer is made of it.</param>
/// <param name="SharesMemory">It lies where the other lies.</param>
/// <param name="SharesFences">Both have one reservation.</param>
internal sealed record QuietImport(ulong ObjectId, int Exporter, ulong Of, bool IsLost, bool IsShown, bool SharesMemory, bool SharesFences);

/// <summary>Who holds a GEM object, and how often.</summary>
internal sealed record ObjectHolders(ulong ObjectId, ImmutableArray<HolderCount> Holders);
