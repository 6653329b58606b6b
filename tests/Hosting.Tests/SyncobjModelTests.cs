using System.Collections.Immutable;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Random calls of several clients on syncobjs that they share, and the same on an obvious model: after each step both say the same.</summary>
public sealed class SyncobjModelTests : HostTest
{
    private const int Clients = 3;
    private const int Steps = 150;
    private const ulong HighestPoint = 8;

    private readonly List<(ModelJob Job, Fence Fence)> _jobs = [];
    private readonly List<(Task<Reply<SyncobjWaited>> Real, ModelWait Model, string Text)> _waits = [];
    private readonly List<string> _story = [];

    // Of each client, in the order of handles from 1; null where one is free.
    private readonly List<ModelSyncobj?>[] _handles = [.. Enumerable.Range(0, Clients).Select(_ => new List<ModelSyncobj?>())];
    private DrmCard[] _cards = [];
    private Random _random = new(0);

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards[0] = "no-vblank";
        options.Time = TimeMode.Manual;
    }

    [Fact]
    public async Task Every_step_should_be_as_in_the_model()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            _random = new Random(seed);
            _story.Clear();
            _cards = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
            for (var step = 0; step < Steps; step++)
            {
                await StepAsync(_random.Next(Clients));
                await CheckWaitsAsync(seed);
                await CheckQueriesAsync(seed);
            }

            foreach (var (job, fence) in _jobs)
                Finish(job, fence);
            foreach (var card in _cards)
                await card.DisposeAsync();
            // By then none of them waits any more, whether it was answered before or ended with its file.
            foreach (var (real, _, text) in _waits)
                Assert.True((await Soon(real)).Errno is Errno.None or Errno.EBADF, text);
            Assert.All(_jobs, j => Assert.False(j.Fence.HasWaiters));
            _waits.Clear();
            _jobs.Clear();
            Array.ForEach(_handles, h => h.Clear());
        }
    }

    private async Task StepAsync(int client)
    {
        var card = _cards[client];
        switch (_random.Next(14))
        {
            case 0 or 1:
                var signaled = _random.Next(3) == 0;
                Say($"{client}: create {(signaled ? "signalled" : "")}");
                Keep(client, await card.CreateSyncobjAsync(signaled), new ModelSyncobj { Held = signaled ? ModelFence.Of() : null });
                break;
            case 2 when Pick(client) is { } gone:
                Say($"{client}: destroy {gone.Handle}");
                await card.DestroySyncobjAsync(gone.Handle);
                _handles[client][(int)gone.Handle.Value - 1] = null;
                break;
            case 3 when Pick(client) is { } shared:
                var to = _random.Next(Clients);
                Say($"{client}: share {shared.Handle} with {to}");
                var descriptor = await card.ExportSyncobjAsync(shared.Handle);
                Keep(to, await _cards[to].ImportSyncobjAsync(descriptor), shared.Syncobj);
                Host.Close(descriptor);
                break;
            case 4 when Pick(client) is { } into:
                var (job, fence) = (new ModelJob(), new FenceTimeline("test", "job", Host.Contexts.Next()).Next());
                _jobs.Add((job, fence));
                var at = Point();
                Say($"{client}: put job {_jobs.Count - 1} into {into.Handle} at point {at}");
                await PutAsync(card, into.Handle, fence, at);
                into.Syncobj.Put(at, ModelFence.Of(job));
                break;
            case 5 when _jobs.Count > 0:
                var done = _random.Next(_jobs.Count);
                Say($"job {done} is done");
                Finish(_jobs[done].Job, _jobs[done].Fence);
                break;
            case 6 when Pick(client) is { } reset:
                Say($"{client}: reset {reset.Handle}");
                await card.ResetSyncobjsAsync([reset.Handle]);
                reset.Syncobj.Held = null;
                break;
            case 7 when Pick(client) is { } signal:
                Say($"{client}: signal {signal.Handle}");
                await card.SignalSyncobjsAsync([signal.Handle]);
                signal.Syncobj.Held = ModelFence.Of();
                break;
            case 8 or 9 when Pick(client) is { } timeline:
                var point = Point();
                Say($"{client}: signal point {point} of {timeline.Handle}");
                await card.SignalTimelinesAsync([(timeline.Handle, point)]);
                timeline.Syncobj.Add(point);
                break;
            case 10 or 11 when Pick(client) is { } from && Pick(client) is { } target:
                await TransferAsync(client, from, target);
                break;
            case 12 or 13:
                await WaitAsync(client);
                break;
        }
    }

    private async Task TransferAsync(int client, (SyncobjHandle Handle, ModelSyncobj Syncobj) from, (SyncobjHandle Handle, ModelSyncobj Syncobj) to)
    {
        var (source, destination, bySyncFile) = (Point(), Point(), _random.Next(2) == 0);
        Say($"{client}: transfer point {source} of {from.Handle} to point {destination} of {to.Handle}{(bySyncFile ? ", by sync file" : "")}");
        var errno = bySyncFile
            ? await CarryAsync(_cards[client], from.Handle, source, to.Handle, destination)
            : (await _cards[client].CallAsync(new SyncobjTransfer(from.Handle, source, to.Handle, destination))).Errno;
        if (from.Syncobj.Held is not { } held || !held.Has(source))
        {
            Assert.True(errno == Errno.EINVAL, Story());
            return;
        }

        Assert.True(errno == Errno.None, Story());
        to.Syncobj.Put(destination, held.UpTo(source) ?? ModelFence.Of());
    }

    private async Task<Errno> CarryAsync(DrmCard card, SyncobjHandle from, ulong source, SyncobjHandle to, ulong destination)
    {
        var exported = await card.CallAsync(new SyncobjHandleToFd(
            from, SyncobjExportFlags.ExportSyncFile | SyncobjExportFlags.Timeline, Point: source));
        if (!exported.Ok)
            return exported.Errno;
        await card.ImportSyncFileAsync(to, exported.Value!.Descriptor, destination);
        Host.Close(exported.Value.Descriptor);
        return Errno.None;
    }

    private async Task WaitAsync(int client)
    {
        var picked = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Pick(client)).OfType<(SyncobjHandle Handle, ModelSyncobj Syncobj)>().ToList();
        if (picked.Count == 0)
            return;
        var points = picked.Select(p => (p.Handle, p.Syncobj, Point: Point())).ToList();
        var flags = (SyncobjWaitFlags)_random.Next(8);
        var asks = _random.Next(2) == 0;
        var text = $"{client}: wait {flags} for {string.Join(", ", points.Select(p => $"point {p.Point} of {p.Handle}"))}{(asks ? ", or not" : "")}";
        Say(text);
        var model = new ModelWait([.. points.Select(p => (p.Syncobj, p.Point))], flags.HasFlag(SyncobjWaitFlags.WaitAll), flags.HasFlag(SyncobjWaitFlags.WaitAvailable));
        var real = _cards[client].CallAsync(new SyncobjTimelineWait(
            [.. points.Select(p => p.Handle)], (uint)points.Count, [.. points.Select(p => p.Point)], asks ? 0 : long.MaxValue, flags));
        var waitsForFences = (flags & (SyncobjWaitFlags.WaitForSubmit | SyncobjWaitFlags.WaitAvailable)) != SyncobjWaitFlags.None;
        if (!waitsForFences && points.Exists(p => p.Syncobj.Held is not { } held || !held.Has(p.Point)))
            Assert.True((await Soon(real)).Errno == Errno.EINVAL, Story());
        else if (!model.Look() && asks)
            Assert.True((await Soon(real)).Errno == Errno.ETIME, Story());
        else
            _waits.Add((real, model, text));
    }

    private async Task CheckWaitsAsync(int seed)
    {
        foreach (var wait in _waits.ToArray())
        {
            if (!wait.Model.Look())
            {
                Assert.False(wait.Real.IsCompleted, $"seed {seed}: ended: {wait.Text}\n{Story()}");
                continue;
            }

            var reply = await Soon(wait.Real);
            Assert.True(reply.Ok && reply.Value!.FirstSignaled == (uint)wait.Model.First, $"seed {seed}: {wait.Model.First} came first, not {reply}: {wait.Text}\n{Story()}");
            _waits.Remove(wait);
        }
    }

    private async Task CheckQueriesAsync(int seed)
    {
        for (var client = 0; client < Clients; client++)
        {
            var all = Held(client).ToImmutableArray();
            if (all.IsEmpty)
                continue;
            foreach (var submitted in (bool[])[false, true])
            {
                var flags = submitted ? SyncobjQueryFlags.LastSubmitted : SyncobjQueryFlags.None;
                var points = await Soon(_cards[client].QueryTimelinesAsync(all.Select(h => h.Handle), flags));
                var expected = all.Select(h => h.Syncobj.Held?.Query(submitted) ?? 0);
                Assert.True(expected.SequenceEqual(points), $"seed {seed}: client {client} has {string.Join(' ', points)}, not {string.Join(' ', expected)}\n{Story()}");
            }
        }
    }

    private static void Finish(ModelJob job, Fence fence)
    {
        job.IsDone = true;
        fence.Signal(1);
    }

    private async Task PutAsync(DrmCard card, SyncobjHandle syncobj, Fence fence, ulong point)
    {
        var file = Host.Descriptors.Add(new SyncFile(fence, Host.Descriptors, Host.Contexts));
        await card.ImportSyncFileAsync(syncobj, file, point);
        Host.Close(file);
    }

    private void Keep(int client, SyncobjHandle handle, ModelSyncobj syncobj)
    {
        var handles = _handles[client];
        var lowest = handles.IndexOf(null);
        if (lowest < 0)
        {
            lowest = handles.Count;
            handles.Add(null);
        }

        Assert.Equal(new SyncobjHandle((uint)lowest + 1), handle);
        handles[lowest] = syncobj;
    }

    private IEnumerable<(SyncobjHandle Handle, ModelSyncobj Syncobj)> Held(int client) =>
        _handles[client].Select((s, i) => (new SyncobjHandle((uint)i + 1), s!)).Where(h => h.Item2 is not null);

    private (SyncobjHandle Handle, ModelSyncobj Syncobj)? Pick(int client)
    {
        var all = Held(client).ToList();
        return all.Count == 0 ? null : all[_random.Next(all.Count)];
    }

    private ulong Point() => (ulong)_random.NextInt64((long)HighestPoint);

    private void Say(string what) => _story.Add(what);

    private string Story() => string.Join('\n', _story);
}
