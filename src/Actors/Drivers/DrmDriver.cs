using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Kms.Limits;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers;

/// <summary>
/// A driver: static facts and callbacks (<c>struct drm_driver</c>). One object a device. The callbacks run inside the device's actors, so they
/// never wait and never throw. Those about files come one at a time; those about GEM objects from many actors, several at once.
/// </summary>
internal abstract class DrmDriver(DriverDescription facts)
{
    private byte[] _bounced = [];

    /// <summary>Name, version, date and description, as DRM_IOCTL_VERSION tells them.</summary>
    public DriverVersion Version { get; } =
        new(facts.Major, facts.Minor, facts.PatchLevel, facts.Name, facts.Date, facts.Description);

    public DriverFeatures Features => facts.Features;

    /// <summary>Width, height, bits a pixel: how a dumb buffer lies in memory. Pure. Null where the driver has none (ENOSYS).</summary>
    public virtual Func<uint, uint, uint, DumbLayout>? DumbCreate => null;

    /// <summary>The driver's own data of this device: there from step 4 of the bind on, until that is undone.</summary>
    public DriverPrivate? Private { get; set; }

    /// <summary>What the host wants refused beside what the board's hardware cannot do; null for nothing.</summary>
    public ICommitLimit? HostLimit { get; set; }

    /// <summary>What devices have of each other's memory, where the callbacks about that are not overridden.</summary>
    public ObjectUses Uses { get; } = new();

    /// <summary>What is wrong with it, on purpose.</summary>
    public PlantedBug Planted { get; init; }

    /// <summary>An empty mode configuration with this driver's limits.</summary>
    public abstract ModeConfig CreateModeConfig();

    /// <summary>The actor that drives a component.</summary>
    public abstract Props ComponentProps(ComponentSetup setup);

    /// <summary>Whether the connectors are looked at when the device comes up; else nobody has looked before a client does.</summary>
    public virtual bool PollsConnectors => true;

    /// <summary>Whether its hardware tells of vblanks; else every commit is on the screen at once, and waiting for a vblank is EOPNOTSUPP.</summary>
    public virtual bool HasVblank => true;

    /// <summary>A file is being opened. An error refuses it: the opener gets that error, and PostClose does not follow.</summary>
    public virtual Errno Open(ulong file, Credentials credentials) => Errno.None;

    /// <summary>A file is closed, and all that it held is given back.</summary>
    public virtual void PostClose(ulong file)
    {
    }

    /// <summary>The last open file is closed. The console has been restored before.</summary>
    public virtual void LastClose()
    {
    }

    /// <summary>The last reference on the device is gone. Nothing is called afterwards.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Whether clients may say that they do not need what is in an object, which is then purged when memory is short.</summary>
    public virtual bool TakesAdvice => false;

    /// <summary>Whether a mapping gets all its pages at once; otherwise they appear one by one as they are touched.</summary>
    public virtual bool PopulatesMappings => false;

    /// <summary>
    /// The memory behind a new object. By default it is backed by shared memory, whose pages appear when they are touched; a driver whose
    /// objects are private takes it where its hardware can reach it.
    /// </summary>
    /// <param name="size">In bytes, a multiple of the page.</param>
    /// <param name="backing">Own where another process may map the object.</param>
    public virtual Errno GemAllocate(Arena arena, long size, ArenaBacking backing, out ArenaBlock block)
    {
        var errno = arena.TryAllocate(size, backing, out block);
        if (Planted == PlantedBug.MemoryNotCleared && errno == Errno.None)
            _bounced.CopyTo(arena.Span(block));
        return errno;
    }

    /// <summary>Gives back what <see cref="GemAllocate"/> took, after GemFreeObject.</summary>
    public virtual void GemRelease(Arena arena, ArenaBlock block)
    {
        if (Planted == PlantedBug.MemoryNotCleared)
            _bounced = arena.Span(block)[..Arena.PageSize].ToArray();
        arena.Free(block);
    }

    /// <summary>A handle to an object is being created. An error refuses it: the caller gets that error, and GemCloseObject does not follow.</summary>
    public virtual Errno GemOpenObject(ulong file, ulong gem) => Errno.None;

    /// <summary>A handle goes. The object itself may live on.</summary>
    public virtual void GemCloseObject(ulong file, ulong gem)
    {
    }

    /// <summary>The last reference on an object is gone; its memory is given back after this.</summary>
    public virtual void GemFreeObject(ulong gem)
    {
    }

    /// <summary>An object is to become a dma-buf, for the first time or after the last one has gone. An error refuses it.</summary>
    public virtual Errno GemPrimeExport(ulong gem, bool isWritable) => Errno.None;

    /// <summary>Another device's dma-buf is to become an object of this one. An error refuses it before anything is done.</summary>
    /// <param name="size">In bytes, a multiple of the page.</param>
    public virtual Errno GemPrimeImport(long size) => Errno.None;

    /// <summary>This device's object around another's memory. An error refuses it, and GemPrimeRelease does not follow.</summary>
    public virtual Errno GemPrimeImportSgTable(ulong gem, SgTable table) => Begin(gem, new(Imported: 1));

    /// <summary>Undoes <see cref="GemPrimeImportSgTable"/>, after GemFreeObject.</summary>
    public virtual void GemPrimeRelease(ulong gem, SgTable table) => Uses.Add(gem, new(Imported: -1));

    /// <summary>Another device attaches to an object of this one. An error refuses it, and GemPrimeDetach does not follow.</summary>
    public virtual Errno GemPrimeAttach(ulong gem) => Begin(gem, new(Attached: 1));

    /// <summary>It goes again. This and what ends with it comes before GemFreeObject, however the object ends.</summary>
    public virtual void GemPrimeDetach(ulong gem) => Uses.Add(gem, new(Attached: -1));

    /// <summary>An object's memory has to stay where it is, once more. An error refuses it, and GemUnpin does not follow.</summary>
    public virtual Errno GemPin(ulong gem) => Begin(gem, new(Pinned: 1));

    public virtual void GemUnpin(ulong gem) => Uses.Add(gem, new(Pinned: -1));

    /// <summary>Where an object's memory lies, for a device that has attached. Null where nobody can say (ENOMEM).</summary>
    public virtual SgTable? GemPrimeGetSgTable(ulong gem, ArenaBlock block)
    {
        Uses.Add(gem, new(Tables: 1));
        return SgTable.Of(block);
    }

    public virtual void GemPrimePutSgTable(ulong gem, SgTable table) => Uses.Add(gem, new(Tables: -1));

    /// <summary>An importer begins to read an object with the processor.</summary>
    public virtual void GemVmap(ulong gem) => Uses.Add(gem, new(Mapped: 1));

    public virtual void GemVunmap(ulong gem) => Uses.Add(gem, new(Mapped: -1));

    /// <summary>SET_VERSION has agreed on the driver's version. Called with the wanted one.</summary>
    public virtual void SetVersion(SetVersion wanted)
    {
    }

    private Errno Begin(ulong gem, UseCounts use)
    {
        Uses.Add(gem, use);
        return Errno.None;
    }
}
