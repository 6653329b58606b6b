using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Random operations on timelines and sync files, and on an obvious model of them, step by step.</summary>
public sealed class SyncFileModelTests : HostTest
{
    private const int Steps = 400;

    private readonly List<Timeline> _timelines = [];
    private readonly List<SyncFile> _files = [];
    private int _made;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Sync_files_should_be_what_a_model_says(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(random);
            foreach (var file in _files)
                await CheckAsync(file, $"seed {seed}, step {step}");
        }

        foreach (var timeline in _timelines.Where(t => !t.IsClosed))
            timeline.Close(Host);
        foreach (var file in _files)
        {
            Assert.True(await Soon(Host.WaitAsync(file.Descriptor)));
            Host.Close(file.Descriptor);
        }

        Assert.Equal(0, Host.Descriptors.Count);
    }

    private async Task StepAsync(Random random)
    {
        var open = _timelines.Where(t => !t.IsClosed).ToList();
        switch (random.Next(10))
        {
            case 0 when open.Count < 4:
                _timelines.Add(new Timeline(++_made, Host.OpenSwSync($"t{_made}")));
                break;
            case 1 when open.Count > 0 && random.Next(4) == 0:
                open[random.Next(open.Count)].Close(Host);
                break;
            case <= 4 when open.Count > 0 && _files.Count < 24:
                var on = open[random.Next(open.Count)];
                var point = (uint)(on.Value + random.Next(6));
                _files.Add(new SyncFile(await Host.CreateFenceAsync(on.Descriptor, point), [new Point(on, point)]));
                break;
            case <= 6 when _files.Count is > 0 and < 24:
                var (one, other) = (_files[random.Next(_files.Count)], _files[random.Next(_files.Count)]);
                _files.Add(new SyncFile(await Host.MergeSyncFilesAsync(one.Descriptor, other.Descriptor), Merge(one, other)));
                break;
            case 7 when _files.Count > 0:
                var closed = _files[random.Next(_files.Count)];
                _files.Remove(closed);
                Host.Close(closed.Descriptor);
                break;
            case >= 8 when open.Count > 0:
                var moved = open[random.Next(open.Count)];
                var by = (uint)random.Next(4);
                await Host.AdvanceAsync(moved.Descriptor, by);
                moved.Value += by;
                break;
        }
    }

    private async Task CheckAsync(SyncFile file, string when)
    {
        var whole = (await Host.CallAsync(file.Descriptor, new GetSyncFileInfo(0))).Value!;
        var parts = await Host.GetSyncFencesAsync(file.Descriptor);
        // What had come before it was merged is none of its parts, and something there has to be.
        var expected = file.Points.Count == 0 ? "stub 1" : string.Join(", ", file.Points.Select(p => $"t{p.Of.Number} {p.Status}"));
        Assert.Equal((when, expected), (when, string.Join(", ", parts.Select(p => $"{p.Timeline} {p.Status}"))));
        var status = file.Points.Any(p => p.Status == 0) ? 0 : file.Points.Select(p => p.Status).FirstOrDefault(s => s < 0, 1);
        Assert.Equal((when, status, (uint)parts.Length), (when, whole.Status, whole.Count));
        Assert.Equal((when, status != 0), (when, await Soon(Host.WaitAsync(file.Descriptor, TimeSpan.Zero))));
    }

    // In the order of the timelines; of each the latest that has not come.
    private static List<Point> Merge(SyncFile one, SyncFile other) =>
        [.. one.Points.Concat(other.Points).Where(p => p.Status == 0).GroupBy(p => p.Of.Number).OrderBy(g => g.Key).Select(g => g.MaxBy(p => p.At)!)];

    private sealed class Timeline(int number, Descriptor descriptor)
    {
        public int Number => number;

        public Descriptor Descriptor => descriptor;

        public uint Value { get; set; }

        public bool IsClosed { get; private set; }

        public void Close(DrmHost host)
        {
            host.Close(descriptor);
            IsClosed = true;
        }
    }

    private sealed record Point(Timeline Of, uint At)
    {
        public int Status => At <= Of.Value ? 1 : Of.IsClosed ? -(int)Errno.ENOENT : 0;
    }

    private sealed record SyncFile(Descriptor Descriptor, List<Point> Points);
}
