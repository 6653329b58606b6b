using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>What must not be there while nobody calls, or at the end, is found.</summary>
public sealed class QuietInvariantTests
{
    private static readonly KmsState State = KmsState.Reset(new ModeConfig { MinWidth = 0, MinHeight = 0, MaxWidth = 64, MaxHeight = 64 });
    private static readonly DeviceSnapshot Idle = new(State, 0, 0);
    private static readonly QuietPoint Empty = Of(Idle);
    private static readonly Holder Handle = new(HolderKind.File, 1);
    private static readonly Holder Mapping = new(HolderKind.Mapping, 1);
    private static readonly Holder Framebuffer = new(HolderKind.Framebuffer, 1);

    [Fact]
    public void What_is_left_at_the_end_should_be_found()
    {
        var invariant = new NothingIsLeft();
        Assert.Null(invariant.AtEnd(Empty, Empty));
        Assert.NotNull(invariant.AtEnd(Empty, Empty with { Usage = new ArenaUsage(1, 0, 0, 0, 0, 0) }));
        Assert.NotNull(invariant.AtEnd(Empty, Empty with { Usage = new ArenaUsage(0, 1, 0, 0, 0, 0) }));
        Assert.NotNull(invariant.AtEnd(Empty, Empty with { Usage = new ArenaUsage(0, 0, 1, 0, 0, 0) }));
        Assert.NotNull(invariant.AtEnd(Empty, Empty with { Usage = new ArenaUsage(0, 0, 0, 1, 0, 0) }));
        Assert.NotNull(invariant.AtEnd(Empty, Of(Idle with { Files = 1 })));
        Assert.NotNull(invariant.AtEnd(Empty, Empty with { OpenDescriptors = 1 }));
        // Of what was there at the start only a board that came back may lack something.
        var lit = Empty with { Usage = new ArenaUsage(1, 8, 0, 0, 0, 0) };
        Assert.NotNull(invariant.AtEnd(lit, Empty));
        Assert.Null(invariant.AtEnd(lit, Empty with { WasUnplugged = true }));
        Assert.NotNull(invariant.AtEnd(Empty, lit with { WasUnplugged = true }));
    }

    [Fact]
    public void A_console_that_a_crash_ended_should_be_no_leak_when_it_is_back()
    {
        const int Pages = 8;
        var invariant = new NothingIsLeft();
        var block = new ArenaBlock(0, Pages * Arena.PageSize, 1);
        var console = State.Add(new Framebuffer(default, 0, 8, 8, 0, 0, FramebufferFlags.None, [new FramebufferBuffer(7, block, 64, 0)]), out _);
        var usage = new ArenaUsage(1, Pages, 0, 0, 0, 0);
        var shown = Of(Idle with { State = console }, new ObjectHolders(7, [new(new Holder(HolderKind.Console, 0), 1)])) with { Usage = usage };
        // Its framebuffer is still there, and its object is not.
        var crashed = Of(Idle with { State = console });
        Assert.Null(invariant.AtEnd(crashed, shown with { WasUnplugged = true }));
        Assert.Null(invariant.AtEnd(shown, crashed with { WasUnplugged = true }));
        Assert.NotNull(invariant.AtEnd(crashed, shown));
        Assert.NotNull(invariant.AtEnd(shown, crashed));
        Assert.NotNull(invariant.AtEnd(crashed, shown with { Usage = usage with { Pages = Pages + 1 }, WasUnplugged = true }));
    }

    [Fact]
    public void A_call_without_an_answer_should_be_found()
    {
        var invariant = new EveryCallIsAnswered();
        var run = new Watched(invariant);
        var call = run.Begin(3, 1, new ReadEvents(32, false));
        Assert.Contains("client 3", invariant.AtEnd(Empty, Empty), StringComparison.Ordinal);
        run.End(call);
        Assert.Null(invariant.AtEnd(Empty, Empty));
        Watched.Violates<EveryCallIsAnswered>(() => run.End(call));
    }

    [Fact]
    public void References_should_equal_holders()
    {
        var invariant = new ReferencesEqualHolders();
        var run = new Watched(invariant);
        Assert.Null(invariant.AtQuiet(Empty));
        run.Open(0, 1);
        run.Call(0, 1, new ModeCreateDumb(1, 1, 32), new DumbBuffer(new GemHandle(1), 64, 4096));
        run.Call(0, 1, new Mmap(4096, 4096), new MmapRegion(1, 0, 4096, 1));
        Assert.Null(invariant.AtQuiet(Held(State, new(Handle, 1), new(Mapping, 1))));
        // One too few, one too many, a holder that is none, and nobody.
        Assert.NotNull(invariant.AtQuiet(Held(State, new HolderCount(Handle, 1))));
        Assert.NotNull(invariant.AtQuiet(Held(State, new(Handle, 2), new(Mapping, 1))));
        Assert.NotNull(invariant.AtQuiet(Held(State, new(Handle, 1), new(Mapping, 1), new(new Holder(HolderKind.File, 2), 1))));
        Assert.NotNull(invariant.AtQuiet(Held(State)));
        Assert.NotNull(invariant.AtQuiet(Empty));
    }

    [Fact]
    public void Dma_bufs_should_hold_their_objects_while_somebody_has_them()
    {
        var invariant = new ReferencesEqualHolders();
        var run = new Watched(invariant);
        var buffer = new Holder(HolderKind.DmaBuf, 1);
        var open = new QuietDevice(0, Idle, [new ObjectHolders(7, [new(buffer, 1)])]) { Buffers = [(buffer, 7ul)] };
        Assert.Null(invariant.AtQuiet(new([open], default)));
        // Nobody has it; it is held twice; it holds nothing.
        Assert.NotNull(invariant.AtQuiet(Held(State, new HolderCount(buffer, 1))));
        Assert.NotNull(invariant.AtQuiet(new([open with { Objects = [new ObjectHolders(7, [new(buffer, 2)])] }], default)));
        Assert.NotNull(invariant.AtQuiet(new([open with { Objects = [] }], default)));
        // An object keeps its own as long as it has a handle.
        run.Open(0, 1);
        run.Call(0, 1, new ModeCreateDumb(1, 1, 32), new DumbBuffer(new GemHandle(1), 64, 4096));
        Assert.Null(invariant.AtQuiet(Held(State, new(Handle, 1), new(buffer, 1))));
    }

    [Fact]
    public void Framebuffers_should_hold_their_objects()
    {
        var invariant = new ReferencesEqualHolders();
        var lit = State.Add(new Framebuffer(default, 1, 8, 8, 0, 0, FramebufferFlags.None, [new FramebufferBuffer(7, default, 64, 0)]), out _);
        Assert.Null(invariant.AtQuiet(Held(lit, new HolderCount(Framebuffer, 1))));
        Assert.NotNull(invariant.AtQuiet(Of(Idle with { State = lit })));
        Assert.NotNull(invariant.AtQuiet(Held(lit, new HolderCount(Framebuffer, 2))));
        Assert.NotNull(invariant.AtQuiet(Held(State, new HolderCount(Framebuffer, 1))));
    }

    [Fact]
    public void A_closed_file_should_hold_what_its_mappings_keep()
    {
        var invariant = new ReferencesEqualHolders();
        var run = new Watched(invariant);
        run.Open(0, 1);
        run.Call(0, 1, new ModeCreateDumb(1, 1, 32), new DumbBuffer(new GemHandle(1), 64, 4096));
        run.Call(0, 1, new Mmap(4096, 4096), new MmapRegion(1, 0, 4096, 1));
        run.Call(0, 1, new CloseFile());
        Assert.Null(invariant.AtQuiet(Held(State, new(Handle, 1), new(Mapping, 1))));
        run.Call(0, 1, new Munmap(1));
        Assert.Null(invariant.AtQuiet(Empty));
    }

    [Fact]
    public void A_killed_file_should_hold_nothing()
    {
        var invariant = new ReferencesEqualHolders();
        var run = new Watched(invariant);
        run.Open(0, 1);
        run.Call(0, 1, new ModeCreateDumb(1, 1, 32), new DumbBuffer(new GemHandle(1), 64, 4096));
        run.Call(0, 1, new KillFile(Crash: false));
        Assert.Null(invariant.AtQuiet(Empty));
        Assert.NotNull(invariant.AtQuiet(Held(State, new HolderCount(Handle, 1))));
    }

    [Fact]
    public void A_failed_call_that_changed_something_should_be_found()
    {
        var changed = State with { Config = State.Config with { NextId = State.Config.NextId + 1 } };
        Watched.Violates<FailedCallChangesNothing>(() => Failed(Idle, Idle with { State = changed }, isAlone: true));
        Watched.Violates<FailedCallChangesNothing>(() => Failed(Idle, Idle with { Master = 1 }, isAlone: true));
        Failed(Idle, Idle, isAlone: true);
        // Whose change it is nobody knows.
        Failed(Idle, Idle with { State = changed }, isAlone: false);
        Failed(Idle with { Files = 1 }, Idle with { State = changed }, isAlone: true);
    }

    [Fact]
    public void A_console_that_comes_during_a_call_that_fails_should_be_nobodys_fault()
    {
        Failed(Idle, Idle with { State = Add(owner: 0) }, isAlone: true);
        Watched.Violates<FailedCallChangesNothing>(() => Failed(Idle, Idle with { State = Add(owner: 1) }, isAlone: true));

        static KmsState Add(ulong owner) => State.Add(new Framebuffer(default, owner, 64, 64, 0, 0, default, []), out _);
    }

    private static void Failed(DeviceSnapshot before, DeviceSnapshot after, bool isAlone)
    {
        var invariant = new FailedCallChangesNothing();
        var call = new ObservedCall(0, 0, 1, new SetMaster(), 1, before) { IsAlone = isAlone };
        invariant.OnBegin(call);
        (call.Ended, call.Errno, call.After) = (2, Errno.EACCES, after);
        invariant.OnEnd(call);
    }

    private static QuietPoint Held(KmsState state, params HolderCount[] holders) =>
        Of(new DeviceSnapshot(state, 0, 1), new ObjectHolders(7, [.. holders]));

    private static QuietPoint Of(DeviceSnapshot device, params ObjectHolders[] objects) => new([new QuietDevice(0, device, [.. objects])], default);
}
