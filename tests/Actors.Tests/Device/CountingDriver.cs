using DrmActors.Actors.Drivers;
using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>The Rockchip driver's facts, with callbacks that count and can be made to refuse.</summary>
internal class CountingDriver(BoardDescription board) : DrmDriver(board.Driver)
{
    private readonly RockchipDriver _rockchip = new(board);
    private int _handlesOpened;
    private int _handlesClosed;
    private int _freed;

    public List<string> Calls { get; } = [];

    public Errno RefuseOpen { get; set; }

    public Errno RefuseHandle { get; set; }

    /// <summary>Called in some callbacks, by their names: holds the actor there that carries them out.</summary>
    public Action<string>? Entered { get; set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public int HandlesOpened => _handlesOpened;

    public int HandlesClosed => _handlesClosed;

    public int Freed => _freed;

    public override Func<uint, uint, uint, DumbLayout>? DumbCreate => _rockchip.DumbCreate;

    public override ModeConfig CreateModeConfig() => _rockchip.CreateModeConfig();

    public override Akka.Actor.Props ComponentProps(ComponentSetup setup) => _rockchip.ComponentProps(setup);

    public override Errno Open(ulong file, Credentials credentials)
    {
        if (RefuseOpen != Errno.None)
            return RefuseOpen;
        Opened++;
        return Errno.None;
    }

    public override void PostClose(ulong file)
    {
        Closed++;
        Calls.Add($"postclose {file}");
    }

    public override void LastClose() => Calls.Add("lastclose");

    public override void Release() => Calls.Add("release");

    public override Errno GemOpenObject(ulong file, ulong gem)
    {
        if (RefuseHandle != Errno.None)
            return RefuseHandle;
        Interlocked.Increment(ref _handlesOpened);
        return Errno.None;
    }

    public override void GemCloseObject(ulong file, ulong gem)
    {
        Entered?.Invoke("close");
        Interlocked.Increment(ref _handlesClosed);
    }

    public override void GemFreeObject(ulong gem)
    {
        Interlocked.Increment(ref _freed);
        Prime.Free(gem);
    }

    /// <summary>What dma-bufs have made the driver do.</summary>
    public PrimeCounts Prime { get; } = new();

    public override Errno GemPrimeExport(ulong gem, bool isWritable)
    {
        Entered?.Invoke("export");
        return Prime.Refusal("export");
    }

    public override Errno GemPrimeImport(long size)
    {
        Entered?.Invoke("import");
        return Prime.Refusal("import");
    }

    public override Errno GemPrimeImportSgTable(ulong gem, SgTable table) => Prime.Begin("import sg table", gem);

    public override void GemPrimeRelease(ulong gem, SgTable table) => Prime.End("import sg table", gem, mayFollowFree: true);

    public override Errno GemPrimeAttach(ulong gem) => Prime.Begin("attach", gem);

    public override void GemPrimeDetach(ulong gem) => Prime.End("attach", gem);

    public override Errno GemPin(ulong gem) => Prime.Begin("pin", gem);

    public override void GemUnpin(ulong gem) => Prime.End("pin", gem);

    public override SgTable? GemPrimeGetSgTable(ulong gem, ArenaBlock block) =>
        Prime.Begin("sg table", gem) == Errno.None ? base.GemPrimeGetSgTable(gem, block) : null;

    public override void GemPrimePutSgTable(ulong gem, SgTable table) => Prime.End("sg table", gem);

    public override void GemVmap(ulong gem) => Prime.Begin("vmap", gem);

    public override void GemVunmap(ulong gem) => Prime.End("vmap", gem);
}
