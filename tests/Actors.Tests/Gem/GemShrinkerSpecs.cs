using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.Gem;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Gem;

/// <summary>Who is asked for memory, in which order and how often, and what becomes of those who wait for it. The limit is 4, and the objects answer by hand.</summary>
public sealed class GemShrinkerSpecs : TestKit
{
    private const long Limit = 4;

    private readonly GemShrinker _shrinker = new(Limit);
    private readonly List<GemHandle> _created = [];
    private readonly List<GemHandle> _refused = [];
    private ulong _lastId;

    [Fact]
    public void What_fits_should_not_wait()
    {
        Assert.False(_shrinker.IsShortFor(Limit));
        Assert.True(_shrinker.IsShortFor(Limit + 1));
        Add(size: 1);
        Assert.False(_shrinker.IsShortFor(Limit - 1));
        Assert.True(_shrinker.IsShortFor(Limit));
        Assert.False(new GemShrinker(limit: null).IsShortFor(long.MaxValue));
    }

    [Fact]
    public void What_comes_later_should_not_overtake_what_waits()
    {
        var all = Fill(3);
        AdviseAll(all[..1]);
        Wait(1, size: 2);
        Assert.True(_shrinker.IsShortFor(1));
        _shrinker.Forget(all[0]);
        GoOn();
        Assert.False(_shrinker.IsShortFor(0));
        Assert.Equal(1u, Assert.Single(_created).Value);
    }

    [Fact]
    public async Task Those_that_were_not_needed_first_should_be_asked_first_one_after_the_other()
    {
        var all = Fill(4);
        foreach (var i in (int[])[2, 0, 3])
            _shrinker.Advise(all[i], isNeeded: false);
        // Saying so again changes nothing, and taking it back takes it off the list.
        _shrinker.Advise(all[2], isNeeded: false);
        _shrinker.Advise(all[3], isNeeded: true);
        Assert.Equal(2, _shrinker.Purgeable);
        Wait(1, size: 2);

        await HasAskedAsync(all, 0, 0, 1, 0);
        Answer(all[2], isPurged: true);
        await HasAskedAsync(all, 1, 0, 1, 0);
        Assert.Empty(_created);
        Answer(all[0], isPurged: true);
        await HasAskedAsync(all, 1, 0, 1, 0);
        Assert.Single(_created);
        // Two that are needed, and the new one, which is as large as two.
        Assert.Equal((4, 0), (_shrinker.Used, _shrinker.Purgeable));
    }

    [Fact]
    public async Task One_that_is_in_use_should_be_asked_last_the_next_time()
    {
        var all = Fill(4);
        AdviseAll(all);
        Wait(1, size: 1);
        Answer(all[0], isPurged: false);
        await HasAskedAsync(all, 1, 1, 0, 0);
        Answer(all[1], isPurged: true);
        Add(size: 1);
        Wait(2, size: 1);
        await HasAskedAsync(all, 1, 1, 1, 0);
    }

    [Fact]
    public async Task Each_should_be_asked_once_for_each_that_waits()
    {
        var all = Fill(4);
        AdviseAll(all[..2]);
        Wait(1, size: 1);
        Wait(2, size: 1);
        foreach (var i in (int[])[0, 1])
            Answer(all[i], isPurged: false);
        Assert.Equal(1u, Assert.Single(_refused).Value);
        await HasAskedAsync(all, 2, 1, 0, 0);
        foreach (var i in (int[])[0, 1])
            Answer(all[i], isPurged: false);
        await HasAskedAsync(all, 2, 2, 0, 0);
        Assert.Equal((2, 0), (_refused.Count, _shrinker.Waiting));
    }

    [Fact]
    public async Task What_was_asked_for_one_should_be_asked_anew_for_the_next()
    {
        var all = Fill(4);
        AdviseAll(all[..3]);
        Wait(1, size: 1);
        Wait(2, size: 2);
        Answer(all[0], isPurged: false);
        Answer(all[1], isPurged: true);
        Assert.Equal(1u, Assert.Single(_created).Value);
        // The one that was made takes its room again before the next is looked at.
        foreach (var i in (int[])[2, 0])
            Answer(all[i], isPurged: true);
        await HasAskedAsync(all, 2, 1, 1, 0);
        Assert.Equal([1u, 2u], _created.Select(h => h.Value));
    }

    [Fact]
    public async Task Nobody_should_be_asked_for_what_can_never_fit()
    {
        var all = Fill(4);
        AdviseAll(all);
        Wait(1, size: Limit + 1);
        Assert.Single(_refused);
        await HasAskedAsync(all, 0, 0, 0, 0);
    }

    [Fact]
    public async Task An_end_should_stand_for_the_answer_and_give_its_room()
    {
        var all = Fill(4);
        AdviseAll(all[..2]);
        Wait(1, size: 2);
        _shrinker.Forget(all[0]);
        GoOn();
        await HasAskedAsync(all, 1, 1, 0, 0);
        _shrinker.Forget(all[1]);
        GoOn();
        Assert.Single(_created);
        Assert.Equal((4, 0), (_shrinker.Used, _shrinker.Purgeable));
    }

    [Fact]
    public void What_was_purged_should_be_counted_off_once_and_be_asked_no_more()
    {
        var all = Fill(2);
        AdviseAll(all);
        _shrinker.Answered(all[0], isPurged: true);
        Assert.Equal((1, 1), (_shrinker.Used, _shrinker.Purgeable));
        _shrinker.Advise(all[0], isNeeded: false);
        Assert.Equal(1, _shrinker.Purgeable);
        _shrinker.Forget(all[0]);
        Assert.Equal((1, 1), (_shrinker.Used, _shrinker.Purgeable));
    }

    /// <summary>Another device's memory, say.</summary>
    [Fact]
    public void What_is_not_counted_should_not_be_asked()
    {
        _shrinker.Advise(NewEntry(size: 1), isNeeded: false);
        Assert.Equal((0, 0), (_shrinker.Used, _shrinker.Purgeable));
    }

    [Fact]
    public void Those_who_wait_for_one_that_is_gone_should_be_taken_off_and_no_others()
    {
        var all = Fill(4);
        AdviseAll(all[..1]);
        Wait(1, size: 1, file: 1);
        Wait(2, size: 1, file: 2);
        Wait(3, size: 1, file: 1);
        Assert.Equal([1u, 3u], _shrinker.TakeWaiting(h => h.Id == 1).Select(w => w.Create.Handle.Value));
        Assert.Equal(1, _shrinker.Waiting);
        Answer(all[0], isPurged: true);
        Assert.Equal(2u, Assert.Single(_created).Value);
    }

    private GemEntry NewEntry(long size)
    {
        var id = ++_lastId;
        return new GemEntry(new GemReference(Sys.ActorOf(ActorProps.Of(() => new Asked())), id, new ArenaBlock(0, size), null!, null!));
    }

    private GemEntry Add(long size)
    {
        var entry = NewEntry(size);
        _shrinker.Add(entry);
        return entry;
    }

    private GemEntry[] Fill(int count) => [.. Enumerable.Range(0, count).Select(_ => Add(size: 1))];

    private void AdviseAll(IEnumerable<GemEntry> entries)
    {
        foreach (var entry in entries)
            _shrinker.Advise(entry, isNeeded: false);
    }

    private void Wait(uint handle, long size, ulong file = 1)
    {
        var create = new CreateObject(
            new Holder(HolderKind.File, file), size, ArenaBacking.Shared, ActorRefs.Nobody, new GemHandle(handle), new ModeCreateDumb(1, 1, 32), Done.Ok);
        _shrinker.Wait(create, ActorRefs.Nobody);
        GoOn();
    }

    private void Answer(GemEntry entry, bool isPurged)
    {
        _shrinker.Answered(entry, isPurged);
        GoOn();
    }

    private void GoOn() => _shrinker.GoOn(
        (create, _) =>
        {
            _created.Add(create.Handle);
            Add(create.Size);
        },
        (create, _) => _refused.Add(create.Handle));

    private static async Task HasAskedAsync(GemEntry[] entries, params int[] times) =>
        Assert.Equal(times, await Task.WhenAll(entries.Select(e => e.Object.Object.Ask<int>(Asked.HowOften, TimeSpan.FromSeconds(20)))));

    /// <summary>Stands for an object.</summary>
    private sealed class Asked : UntypedActor
    {
        public const string HowOften = "how often";

        private int _count;

        protected override void OnReceive(object message)
        {
            if (message is EvictObject)
                _count++;
            else
                Sender.Tell(_count);
        }
    }
}
