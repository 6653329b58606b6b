using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>A host with an RK3399 whose time runs free, and the leak gate at its end: first without a client, then switched off.</summary>
public abstract class HostTest : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<DrmCard> _cards = [];
    private ArenaUsage _idle;
    private bool _isManual;

    protected DrmHost Host { get; private set; } = null!;

    protected RecordingLoggers Log { get; } = new();

    public async Task InitializeAsync()
    {
        var options = new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Virtual, ArenaSize = 64L << 20, LoggerFactory = Log };
        Configure(options);
        _isManual = options.Time == TimeMode.Manual;
        Host = await DrmHost.StartAsync(options);
        await PrepareAsync();
        _idle = Host.Usage;
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var card in _cards)
            await Soon(_isManual ? WithTimeAsync(card.DisposeAsync().AsTask()) : card.DisposeAsync().AsTask());
        // A test may have shut the host down itself.
        if (Host.Boards.Count > 0)
            await SettleAsync();
        var report = await Soon(Host.ShutdownAsync());
        Log.Dispose();
        Assert.Equal(new LeakReport(0, 0, 0, 0), report);
    }

    protected virtual void Configure(DrmHostOptions options)
    {
    }

    /// <summary>What is held after this does not count as a leak.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>A card that is closed at the end, if the test has not done so.</summary>
    protected async Task<DrmCard> OpenAsync(DrmClient? client = null)
    {
        var card = await Soon(Host.OpenAsync(client: client));
        _cards.Add(card);
        return card;
    }

    /// <summary>Nothing but the console is held any more. What a killed client held comes back by itself, so a few rounds are granted.</summary>
    protected async Task SettleAsync()
    {
        for (var deadline = Environment.TickCount64 + Patience.TotalMilliseconds; Environment.TickCount64 < deadline; await Task.Yield())
            if (Host.Usage == _idle)
                return;
        Assert.Equal(_idle, Host.Usage);
    }

    protected static async Task RefusedAsync(Errno errno, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<DrmException>(() => Soon(call()));
        Assert.Equal(errno, refused.Errno);
    }

    /// <summary>Moves a time that the test keeps on until the task has ended.</summary>
    protected async Task WithTimeAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Host.AdvanceTime(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        await task;
    }

    /// <inheritdoc cref="WithTimeAsync(Task)"/>
    protected async Task<T> WithTimeAsync<T>(Task<T> task)
    {
        await WithTimeAsync((Task)task);
        return await task;
    }

    /// <summary>Looks again until it is so; whoever calls it sets the limit.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Yield();
    }

    /// <summary>A wait that would never end fails its test instead.</summary>
    protected static Task Soon(Task task) => task.WaitAsync(Patience);

    /// <inheritdoc cref="Soon(Task)"/>
    protected static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Patience);
}
