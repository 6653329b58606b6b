using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Handles, memory and masters that cannot be are refused.</summary>
public sealed class HandleInvariantTests
{
    [Fact]
    public void Fresh_memory_that_is_not_zero_should_be_refused()
    {
        var run = new Watched(new FreedMemoryIsUnreadable());
        run.Watch.Look(new ObservedLook(0, 0, new GemHandle(1), Written: 0, Head: 0, Tail: 0));
        Watched.Violates<FreedMemoryIsUnreadable>(() => run.Watch.Look(new ObservedLook(0, 0, new GemHandle(1), Written: 0, Head: 0, Tail: 7)));
    }

    [Fact]
    public void A_mapping_that_is_readable_when_it_is_gone_should_be_refused() => Watched.Violates<FreedMemoryIsUnreadable>(
        () => new Watched(new FreedMemoryIsUnreadable()).Watch.Look(new ObservedLook(0, 0, new GemHandle(1), 0, 0, 0, IsGone: true)));

    [Fact]
    public void A_buffer_that_somebody_else_has_written_should_be_refused() => Watched.Violates<HandlesStayWithTheirObjects>(
        () => new Watched(new HandlesStayWithTheirObjects()).Watch.Look(new ObservedLook(0, 0, new GemHandle(1), Written: 5, Head: 5, Tail: 6)));

    [Fact]
    public void A_handle_that_reaches_another_files_object_should_be_refused()
    {
        var run = new Watched(new HandlesStayWithTheirObjects());
        Create(run, 1, 1);
        Create(run, 2, 1);
        run.Call(0, 1, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096));
        Watched.Violates<HandlesStayWithTheirObjects>(() => run.Call(1, 2, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096)));
    }

    [Fact]
    public void A_handle_that_reaches_another_files_memory_should_be_refused()
    {
        var run = new Watched(new HandlesStayWithTheirObjects());
        Create(run, 1, 1);
        Create(run, 2, 1);
        run.Call(0, 1, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096));
        run.Call(0, 1, new Mmap(4096, 4096), new MmapRegion(1, 0, 4096, 1));
        run.Call(1, 2, new ModeMapDumb(new GemHandle(1)), new MapOffset(8192));
        Watched.Violates<HandlesStayWithTheirObjects>(() => run.Call(1, 2, new Mmap(8192, 4096), new MmapRegion(1, 0, 4096, 1)));
    }

    [Fact]
    public void An_offset_that_was_given_back_may_be_anothers()
    {
        var run = new Watched(new HandlesStayWithTheirObjects());
        Create(run, 1, 1);
        Create(run, 2, 1);
        run.Call(0, 1, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096));
        run.Call(0, 1, new GemClose(new GemHandle(1)));
        run.Call(1, 2, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096));
    }

    [Fact]
    public void Two_masters_should_be_refused()
    {
        var run = new Watched(new OneMaster());
        run.Call(0, 1, new SetMaster());
        Watched.Violates<OneMaster>(() => run.Call(1, 2, new SetMaster()));
    }

    [Fact]
    public void A_masters_call_by_another_should_be_refused()
    {
        var run = new Watched(new OneMaster());
        run.Call(0, 1, new SetMaster());
        run.Fail(1, 2, new ModeSetCrtc(default, default, 0, 0, [], null), Errno.EACCES);
        Watched.Violates<OneMaster>(() => run.Call(1, 2, new ModeSetCrtc(default, default, 0, 0, [], null)));
    }

    [Fact]
    public void A_master_that_drops_it_may_be_followed()
    {
        var run = new Watched(new OneMaster());
        run.Call(0, 1, new SetMaster());
        var drop = run.Begin(0, 1, new DropMaster());
        run.Call(1, 2, new SetMaster());
        run.End(drop);
    }

    [Fact]
    public void What_is_lent_twice_should_be_refused()
    {
        var run = new Watched(new LesseesHaveTheirOwn());
        run.Call(0, 1, new ModeCreateLease([31, 36]), new HeldLease(1, File: 2, null!));
        run.Call(0, 1, new ModeCreateLease([32, 37]), new HeldLease(2, File: 3, null!));
        Watched.Violates<LesseesHaveTheirOwn>(() => run.Call(0, 1, new ModeCreateLease([36, 38]), new HeldLease(3, File: 4, null!)));
    }

    [Fact]
    public void What_was_given_back_may_be_lent_again()
    {
        var run = new Watched(new LesseesHaveTheirOwn());
        run.Call(0, 1, new ModeCreateLease([31, 36]), new HeldLease(1, File: 2, null!));
        run.Call(0, 2, new CloseFile());
        run.Call(0, 1, new ModeCreateLease([36, 31]), new HeldLease(1, File: 3, null!));
        run.Call(0, 1, new ModeRevokeLease(1));
        run.Call(0, 1, new ModeCreateLease([36, 31]), new HeldLease(2, File: 4, null!));
    }

    [Fact]
    public void A_lessee_that_is_told_of_more_than_it_has_should_be_refused()
    {
        var run = new Watched(new LesseesHaveTheirOwn());
        run.Call(0, 1, new ModeCreateLease([31, 36]), new HeldLease(1, File: 2, null!));
        run.Call(0, 2, new ModeGetLease(), new LeasedObjects([36]));
        Watched.Violates<LesseesHaveTheirOwn>(() => run.Call(0, 2, new ModeGetLease(), new LeasedObjects([31, 32])));
    }

    private static void Create(Watched run, ulong file, uint handle) =>
        run.Call((int)file, file, new ModeCreateDumb(1, 1, 32), new DumbBuffer(new GemHandle(handle), 64, 4096));

    [Fact]
    public void A_name_should_last_as_long_as_a_handle()
    {
        var run = new Watched(new NamesLastAsLongAsHandles());
        run.Call(0, 1, new GemFlink(new(1)), new GemNamed(new(7)));
        run.Fail(1, 2, new GemOpen(new(8)), Errno.ENOENT);
        Watched.Violates<NamesLastAsLongAsHandles>(() => run.Fail(1, 2, new GemOpen(new(7)), Errno.ENOENT));
        // One that is being closed may be gone.
        var open = run.Begin(1, 2, new GemOpen(new(7)));
        run.Call(0, 1, new GemClose(new(1)), Done.Instance);
        run.End(open, Errno.ENOENT);
        run.Fail(1, 2, new GemOpen(new(7)), Errno.ENOENT);
    }
}
