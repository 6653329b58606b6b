using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Histories of a handle table that no sequential one explains are refused; those that one does are not.</summary>
public sealed class LinearizabilityTests
{
    private readonly Watched _run = new(new HandleTableIsLinearizable());

    [Fact]
    public void A_sequential_history_should_pass()
    {
        Create(1);
        Create(2);
        _run.Call(0, 1, new GemClose(new GemHandle(1)));
        _run.Fail(0, 1, new GemClose(new GemHandle(1)), Errno.EINVAL);
        Create(1);
    }

    [Fact]
    public void A_handle_that_is_given_twice_should_be_refused()
    {
        Create(1);
        Refused(() => Create(1));
    }

    [Fact]
    public void A_handle_that_is_not_the_lowest_should_be_refused() => Refused(() => Create(2));

    [Fact]
    public void A_handle_that_was_closed_should_not_be_found()
    {
        Create(1);
        _run.Call(0, 1, new GemClose(new GemHandle(1)));
        Refused(() => _run.Call(0, 1, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096)));
    }

    [Fact]
    public void A_handle_that_is_held_should_be_found()
    {
        Create(1);
        Refused(() => _run.Fail(0, 1, new ModeMapDumb(new GemHandle(1)), Errno.ENOENT));
    }

    [Fact]
    public void Two_closes_at_once_should_not_both_succeed()
    {
        Create(1);
        var (first, second) = (Begin(new GemClose(new GemHandle(1))), Begin(new GemClose(new GemHandle(1))));
        _run.End(first);
        Refused(() => _run.End(second));
    }

    [Fact]
    public void A_close_and_a_create_at_once_may_share_a_handle()
    {
        Create(1);
        var (close, create) = (Begin(new GemClose(new GemHandle(1))), Begin(new ModeCreateDumb(1, 1, 32)));
        // Answered the other way round.
        _run.End(create, Errno.None, Made(1));
        _run.End(close);
        _run.Call(0, 1, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096));
    }

    [Fact]
    public void What_had_ended_should_not_be_moved_behind_what_began_later()
    {
        // The long call keeps all of it one history: a find after a close that had ended, and no create between them.
        Create(1);
        var unrelated = Begin(new ModeMapDumb(new GemHandle(9)));
        _run.Call(0, 1, new GemClose(new GemHandle(1)));
        _run.Call(0, 1, new ModeMapDumb(new GemHandle(1)), new MapOffset(4096));
        Refused(() => _run.End(unrelated, Errno.ENOENT));
    }

    [Fact]
    public void What_overlaps_may_be_moved()
    {
        Create(1);
        var find = Begin(new ModeMapDumb(new GemHandle(1)));
        _run.Call(0, 1, new GemClose(new GemHandle(1)));
        _run.End(find, Errno.None, new MapOffset(4096));
    }

    [Fact]
    public void Files_should_have_tables_of_their_own()
    {
        Create(1);
        _run.Call(1, 2, new ModeCreateDumb(1, 1, 32), Made(1));
    }

    [Fact]
    public void A_long_history_should_be_decided_quickly()
    {
        const int Calls = 16;
        var calls = Enumerable.Range(0, Calls).Select(_ => Begin(new ModeCreateDumb(1, 1, 32))).ToList();
        for (var i = 0; i < Calls - 1; i++)
            _run.End(calls[i], Errno.None, Made((uint)(Calls - i)));
        // One of them twice: every order has to be tried.
        Refused(() => _run.End(calls[^1], Errno.None, Made(Calls)));
    }

    [Fact]
    public void An_import_should_give_a_new_handle_or_keep_one()
    {
        Import(1);
        Import(1);
        Create(2);
        _run.Call(0, 1, new GemClose(new GemHandle(1)));
        Refused(() => Import(3));
    }

    [Fact]
    public void A_close_should_take_a_handle_that_was_imported_twice()
    {
        Import(1);
        Import(1);
        _run.Call(0, 1, new GemClose(new GemHandle(1)));
        Refused(() => _run.Call(0, 1, new GemClose(new GemHandle(1))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_import_and_a_close_at_once_may_leave_a_handle_or_none(bool isLeft)
    {
        Import(1);
        var (import, close) = (Begin(new PrimeFdToHandle(new(0))), Begin(new GemClose(new GemHandle(1))));
        _run.End(close);
        _run.End(import, Errno.None, Imported(1));
        if (isLeft)
            _run.Call(0, 1, new PrimeHandleToFd(new GemHandle(1), PrimeFlags.None), new PrimeExported(new(1)));
        else
            _run.Fail(0, 1, new PrimeHandleToFd(new GemHandle(1), PrimeFlags.None), Errno.ENOENT);
        // It cannot be both.
        Refused(() =>
        {
            if (isLeft)
                Create(1);
            else
                _run.Call(0, 1, new GemClose(new GemHandle(1)));
        });
    }

    private static PrimeImported Imported(uint handle) => new(new GemHandle(handle));

    private void Import(uint handle) => _run.Call(0, 1, new PrimeFdToHandle(new(0)), Imported(handle));

    private static DumbBuffer Made(uint handle) => new(new GemHandle(handle), 64, 4096);

    private static void Refused(Action what) => Watched.Violates<HandleTableIsLinearizable>(what);

    private ObservedCall Begin(IIoctl call) => _run.Begin(0, 1, call);

    private void Create(uint handle) => _run.Call(0, 1, new ModeCreateDumb(1, 1, 32), Made(handle));
}
