using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Files;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Hosting.Internals;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>
/// Virtual display cards in this process: the boards that are switched on, their memory and their time. Thread-safe.
/// <code>made --boot--> up --shutdown--> down</code>
/// </summary>
public sealed partial class DrmHost : IAsyncDisposable
{
    private const int FirstRenderMinor = DeviceSetup.FirstRenderMinor;

    private readonly DrmHostOptions _options;
    private readonly IReadOnlyList<BoardDescription> _descriptions;
    private readonly Arena _arena;
    private readonly ActorSystem _system;
    private readonly IActorRef _keeper;
    private readonly CallGate _supervisor;
    private readonly IActorRef? _news;
    private readonly TimeMode _time;
    private readonly IHostPlatform _platform;
    private readonly IoctlFaults _faults = new();
    private readonly Lock _lock = new();
    private readonly HashSet<DrmCard> _cards = [];
    private readonly List<(DrmBoard Board, DeviceView View)> _boards = [];
    private readonly TaskCompletionSource _booted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<LeakReport>? _shutdown;

    /// <summary>A host that is not switched on yet.</summary>
    /// <exception cref="BoardException">No such board, or a broken description.</exception>
    /// <param name="platform">Null for threads, in the options' time.</param>
    /// <param name="planted">What is wrong with its drivers, on purpose.</param>
    /// <param name="parts">Of these options, read before; null to read them.</param>
    internal DrmHost(DrmHostOptions options, IHostPlatform? platform = null, PlantedBug planted = PlantedBug.None, HostParts? parts = null)
    {
        parts ??= HostParts.Load(options);
        var config = parts.Config;
        _options = options;
        _descriptions = parts.Boards;
        _time = options.Time ?? config.Time;
        _arena = new Arena(new ArenaOptions { Capacity = options.ArenaSize ?? _descriptions.Sum(b => b.Memory.ArenaSize) });
        _platform = platform ?? new ThreadPlatform(_time, options.LoggerFactory);
        _system = _platform.CreateSystem(config.Akka);
        _keeper = _system.ActorOf(GateKeeper.Props(), "gates");
        var setup = new SupervisorSetup(_arena, _platform.Clock, board => DriverOf(board, planted), DrmDevice.Props, _faults, Descriptors, Contexts);
        _news = NewsListener.Start(_system, options);
        _supervisor = GateTo(DrmSupervisor.Start(_system, setup));
        _desk = GateTo(_system.ActorOf(DescriptorDesk.Props(Descriptors, Clock), DescriptorDesk.Name));
    }

    /// <summary>The host's time. What runs in virtual time runs in this.</summary>
    public AlarmClock Clock => _platform.Clock;

    /// <summary>The boards that are up: not one that was pulled out, nor one that has crashed.</summary>
    public IReadOnlyList<DrmBoard> Boards => BoardsThat(isGone: false);

    /// <summary>What all buffers and mappings hold now.</summary>
    public ArenaUsage Usage => _arena.Usage;

    /// <summary>The boards that nobody has pulled out, and that are gone.</summary>
    internal IReadOnlyList<DrmBoard> LostBoards => BoardsThat(isGone: true);

    internal ActorSystem System => _system;

    internal Arena Memory => _arena;

    /// <summary>Takes the calls that name a card.</summary>
    internal IActorRef Supervisor => _supervisor.Actor;

    /// <summary>Makes a host and switches its boards on.</summary>
    /// <exception cref="BoardException">No such board, or a broken description.</exception>
    /// <exception cref="DrmBootException">A board did not come up.</exception>
    public static Task<DrmHost> StartAsync(DrmHostOptions options, CancellationToken cancellationToken = default) =>
        StartAsync(options, platform: null, cancellationToken);

    internal static async Task<DrmHost> StartAsync(DrmHostOptions options, IHostPlatform? platform, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new DrmHost(options, platform);
        try
        {
            await host.BootAsync(cancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    /// <summary>open(2) on a card; waits until the boards are up. The first opener is master where there is none.</summary>
    /// <param name="minor">N of cardN.</param>
    /// <param name="client">Who opens; null for <see cref="DrmClient.Host"/>.</param>
    /// <exception cref="DrmException">ENODEV: there is no such card, or none any more.</exception>
    public async Task<DrmCard> OpenAsync(int minor = 0, DrmClient? client = null, CancellationToken cancellationToken = default)
    {
        await _booted.Task.WaitAsync(cancellationToken);
        client ??= DrmClient.Host;
        var call = new OpenCard(minor, new Credentials(client.ProcessId, client.UserId, client.Name));
        var opened = await _supervisor.RequireAsync(call, CancellationToken.None);
        return await AdoptAsync(minor, opened, call);
    }

    /// <summary>
    /// open(2) on a render node, which takes PRIME, syncobjs and what else has nothing to do with screens, of anybody; waits until the boards are up.
    /// </summary>
    /// <param name="minor">N of renderDN: 128 upward, of the boards that have one.</param>
    /// <param name="client">Who opens; null for <see cref="DrmClient.Host"/>.</param>
    /// <exception cref="DrmException">ENODEV: there is no such node, or none any more.</exception>
    public Task<DrmCard> OpenRenderAsync(int minor = FirstRenderMinor, DrmClient? client = null, CancellationToken cancellationToken = default) =>
        minor < FirstRenderMinor ? throw new ArgumentOutOfRangeException(nameof(minor)) : OpenAsync(minor, client, cancellationToken);

    /// <summary>Moves the time on, and rings what is due until then. With <see cref="TimeMode.Manual"/> only.</summary>
    /// <exception cref="InvalidOperationException">The host's time goes by itself.</exception>
    public void AdvanceTime(TimeSpan span)
    {
        if (_time != TimeMode.Manual)
            throw new InvalidOperationException($"The time of this host is {_time}; only {nameof(TimeMode.Manual)} time is moved from outside.");
        ((VirtualClock)Clock).Advance(span);
    }

    /// <summary>Closes all cards, switches the boards off and says what is still out: nothing, unless mappings or frames were not disposed of.</summary>
    public Task<LeakReport> ShutdownAsync()
    {
        lock (_lock)
            return _shutdown ??= ShutAsync([.. _cards]);
    }

    /// <inheritdoc cref="ShutdownAsync"/>
    public async ValueTask DisposeAsync() => await ShutdownAsync();

    internal async Task BootAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var board in _descriptions)
            {
                var booted = await _supervisor.AskAsync<BoardBooted>(new BootBoard(board), cancellationToken);
                await TellNewsAsync(cancellationToken);
                await AddAsync(board, booted, cancellationToken);
            }

            _booted.TrySetResult();
        }
        catch (Exception e)
        {
            _booted.TrySetException(e);
            throw;
        }
    }

    /// <summary>For those who look inside: any actor of the host, asked as its callers ask.</summary>
    internal Task<Reply<T>> AskAsync<T>(IActorRef actor, IIoctl<T> call)
        where T : class => _platform.AskAsync<Reply<T>>(actor, call, CancellationToken.None);

    /// <exception cref="DrmBootException">It did not come up.</exception>
    private async Task<DrmBoard> AddAsync(BoardDescription board, BoardBooted booted, CancellationToken cancellationToken)
    {
        if (booted.Errno != Errno.None)
            throw new DrmBootException(board.Name, booted.FailedStep, booted.Errno);
        if (_options.KeepLastPicture && await _supervisor.CallAsync(new KeepPictures(booted.Minor), cancellationToken) is { Ok: false } refused)
            throw new DrmBootException(board.Name, "keep pictures", refused.Errno);
        var up = new DrmBoard(board.Name, booted.Minor);
        // One that has no card any more has died already, and the card may be another board's by now.
        var card = await _supervisor.CallAsync(new ViewCard(booted.Minor), cancellationToken);
        var view = card.Value is { } seen && seen.Board.Name == board.Name ? seen.View : null;
        lock (_lock)
        {
            var index = _boards.FindIndex(b => b.Board.Name == board.Name);
            // Somebody else has plugged it in since this one ended.
            if (index >= 0 && !_boards[index].View.Gone && view is not { Gone: false })
                return up;
            // In the place of the one that it was before.
            if (index >= 0)
                _boards.RemoveAt(index);
            if (view is not null)
            {
                up = up with { RenderMinor = view.RenderMinor == 0 ? null : view.RenderMinor };
                _boards.Insert(index < 0 ? _boards.Count : index, (up, view));
            }
        }

        return up;
    }

    /// <summary>The devices of the boards that are up.</summary>
    internal IReadOnlyList<DeviceView> Views
    {
        get
        {
            lock (_lock)
                return [.. _boards.Where(b => !b.View.Gone).Select(b => b.View)];
        }
    }

    private IReadOnlyList<DrmBoard> BoardsThat(bool isGone)
    {
        lock (_lock)
            return [.. _boards.Where(b => b.View.Gone == isGone).Select(b => b.Board)];
    }

    private DrmDriver? DriverOf(BoardDescription board, PlantedBug planted)
    {
        var driver = DriverList.DriverOf(board, planted);
        if (driver is not null && _options.RefuseCommit is { } refuse)
            driver.HostLimit = new HostLimit(board.Name, refuse);
        return driver;
    }

    // When this is over the callbacks have heard of everything until now.
    private Task TellNewsAsync(CancellationToken cancellationToken) => _news is null
        ? Task.CompletedTask
        : _platform.AskAsync<NewsListener.Flush>(_news, NewsListener.Flush.Instance, cancellationToken);

    private CallGate GateTo(IActorRef actor, FileView? view = null)
    {
        var gate = new CallGate(actor, _platform, view);
        _keeper.Tell(new Guard(gate), ActorRefs.NoSender);
        return gate;
    }

    // A file that was opened while the host shut down is closed again.
    private async Task<DrmCard> AdoptAsync(int minor, CardOpened opened, IIoctl call)
    {
        var card = new DrmCard(minor, GateTo(opened.File, opened.View), _arena, Forget, (lessee, lease) => AdoptAsync(minor, lessee, lease)) { View = opened.View };
        lock (_lock)
        {
            if (_shutdown is null)
            {
                _cards.Add(card);
                return card;
            }
        }

        await card.DisposeAsync();
        throw new DrmException(Errno.ENODEV, call);
    }

    private void Forget(DrmCard card)
    {
        lock (_lock)
            _cards.Remove(card);
    }

    private async Task<LeakReport> ShutAsync(IEnumerable<DrmCard> cards)
    {
        _booted.TrySetException(new ObjectDisposedException(nameof(DrmHost)));
        // Closing waits for vblanks, and nobody moves the time on any more.
        _platform.LetTimeRun();
        foreach (var card in cards)
            await card.DisposeAsync();
        try
        {
            await _supervisor.AskAsync<BoardsDown>(ShutdownBoards.Instance, CancellationToken.None);
            // Behind the calls that reached nobody any more: when this one has its answer, so have they.
            await new CallGate(_system.DeadLetters, _platform).CallAsync(new GetVersion(), CancellationToken.None);
        }
        catch (OperationCanceledException) when (_supervisor.IsClosed)
        {
            // The supervisor has died; what it left is in the report.
        }

        await TellNewsAsync(CancellationToken.None);
        lock (_lock)
            _boards.Clear();
        var report = LeakReport.Of(_arena.Usage, Descriptors.Count);
        await _platform.TerminateAsync();
        _arena.Close();
        Clock.Dispose();
        return report;
    }
}
