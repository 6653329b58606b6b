using System.Collections.Immutable;
using DrmActors.Actors.Device;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Workloads;

/// <summary>
/// Runs the calls of one client on a host, one after the other, and tells each to the watch. It holds at most one open card; what it holds by it is
/// forgotten with it, but for mappings. Plain code that awaits: it runs in a world and on threads.
/// </summary>
/// <param name="boards">Each open is of the next one; descriptors go along.</param>
internal sealed partial class WorkloadClient(int index, DrmHost host, IReadOnlyList<RunBoard> boards, RunWatch watch)
{
    private readonly List<Errno> _errnos = [];
    private readonly HashSet<ulong> _killed = [];
    private ulong _file;
    private int _opens;
    private bool _isLost;

    public int Index { get; } = index;

    public DrmHost Host { get; } = host;

    /// <summary>The one whose card is open, or was, or will be.</summary>
    public RunBoard Board { get; private set; } = boards[index % boards.Count];

    /// <summary>Null where none is open.</summary>
    public DrmCard? Card { get; private set; }

    public CardFacts? Facts => Board.Facts;

    /// <summary>The outcome of each call that was run.</summary>
    public IReadOnlyList<Errno> Errnos => _errnos;

    public async Task RunAsync(IEnumerable<WorkloadCall> calls)
    {
        foreach (var call in calls)
        {
            // In a world anybody may run between two calls.
            if (SynchronizationContext.Current is not null)
                await Task.Yield();
            _errnos.Add(await call.RunAsync(this));
            await StayAsync();
        }
    }

    // Whose card has gone looks for it once a call, as a compositor does that hears of a new one.
    private async Task StayAsync()
    {
        if (Card is { View.IsGone: true } && _errnos[^1] == Errno.ENODEV)
        {
            await CloseAsync();
            _isLost = true;
        }

        if (_isLost && Card is null && await OpenAsync(asRoot: Index % 2 == 0) != Errno.None)
            await Board.PauseAsync(Host.Clock);
    }

    /// <summary>Reads the events that it still has to get, unmaps and closes.</summary>
    public async Task FinishAsync()
    {
        while (_eventsDue > 0 && Card is not null)
            if (await ReadEventsAsync() != Errno.None)
                break;
        // Half of the clients close first, and their mappings keep the file.
        var closeFirst = Index % 2 == 1;
        if (closeFirst)
            await CloseAsync();
        foreach (var mapping in Mappings.TakeAll())
            Unmap(mapping);
        await CloseAsync();
        // The cards and the descriptors may have gone: the memory is there.
        foreach (var descriptor in Descriptors.TakeAll())
            Close(descriptor);
        foreach (var view in Views.TakeAll())
        {
            Touch(view);
            Unmap(view);
        }

        while (Leases.At(0) is { } lease)
            await EndLeaseAsync(lease);
    }

    /// <summary>Any call, as the card answers it. EBADF without one.</summary>
    public async Task<Reply<T>> CallAsync<T>(IIoctl<T> call)
        where T : class
    {
        if (Card is not { } card)
            return Reply<T>.Failed(Errno.EBADF);
        var observed = watch.Begin(Index, _errnos.Count, _file, call);
        var reply = await card.CallAsync(call);
        watch.End(observed, reply.Errno, reply.Value);
        return reply;
    }

    public async Task<Errno> ErrnoAsync<T>(IIoctl<T> call)
        where T : class => (await CallAsync(call)).Errno;

    /// <param name="asRoot">Else as an ordinary user. Each open is by a process of its own.</param>
    public async Task<Errno> OpenAsync(bool asRoot)
    {
        if (Card is not null)
            return Errno.EBUSY;
        const int ProcessesAClient = 1000;
        Board = boards[(Index + _opens) % boards.Count];
        var who = new DrmClient(((Index + 1) * ProcessesAClient) + ++_opens, asRoot ? 0 : ProcessesAClient);
        var observed = watch.Begin(Index, _errnos.Count, 0, new OpenCard(0, new Credentials(who.ProcessId, who.UserId)));
        try
        {
            Card = await Host.OpenAsync(Minor, who);
        }
        catch (DrmException refused)
        {
            watch.End(observed, refused.Errno, null);
            return refused.Errno;
        }

        _isLost = false;
        observed.Device = watch.DeviceOf(Card.View.Device);
        _file = observed.File = NumberOf(Card);
        // Part of the open: it may probe, and nobody is to think that the card is quiet then.
        if (Facts is not { Modes.IsEmpty: false })
            await ReadFactsAsync(Card);
        watch.End(observed, Errno.None, null);
        return Errno.None;
    }

    // A card that goes meanwhile tells nothing; the next one will.
    private async Task ReadFactsAsync(DrmCard card)
    {
        try
        {
            Board.Facts = await CardFacts.ReadAsync(card);
        }
        catch (DrmException)
        {
        }
    }

    public async Task<Errno> CloseAsync()
    {
        if (Card is not { } card)
            return Errno.EBADF;
        var errno = (await CallAsync(new CloseFile())).Errno;
        await ForgetAsync(card);
        return errno;
    }

    /// <summary>As a process that is killed, or (with a crash) a file that fails: whatever is under way is answered, and nothing is left.</summary>
    public async Task<Errno> DieAsync(bool crash)
    {
        if (Card is not { } card)
            return Errno.EBADF;
        _killed.Add(_file);
        var observed = watch.Begin(Index, _errnos.Count, _file, new KillFile(crash));
        if (crash)
            card.File.Tell(Akka.Actor.Kill.Instance, Akka.Actor.ActorRefs.NoSender);
        else
            Host.System.Stop(card.File);
        watch.End(observed, Errno.None, null);
        // Made on what is dying or dead, and answered all the same.
        var errno = await ErrnoAsync(new CloseFile());
        await ForgetAsync(card);
        return errno;
    }

    private async Task ForgetAsync(DrmCard card)
    {
        Card = null;
        _file = 0;
        ForgetHoldings();
        // Closes it where that has not happened, and the host forgets it.
        await card.DisposeAsync();
    }

    /// <summary>What was held by a file is gone with it.</summary>
    public void ForgetHoldings()
    {
        _eventsDue = 0;
        Lit = null;
        Buffers.TakeAll();
        Framebuffers.TakeAll();
        Blobs.TakeAll();
        Syncobjs.TakeAll();
        Fences.TakeAll();
    }

    /// <summary>Tells the watch that something goes wrong with a device from here on.</summary>
    public ObservedCall BeginFault(DeviceView device, string name, bool losesObjects, bool ofAll = false)
    {
        var observed = watch.DeviceOf(device);
        return watch.Begin(Index, _errnos.Count, FileNumber.Of(observed.Number, 0), new InjectFault(name, losesObjects, ofAll), observed);
    }

    /// <summary>Tells the watch that a fault may have reached this device as well.</summary>
    public void NoteHit(DeviceView device) => watch.Lose(device);

    public void EndFault(ObservedCall fault, Errno errno) => watch.End(fault, errno, null);

    private ulong NumberOf(DrmCard card) => FileNumber.Of(watch.DeviceOf(card.View.Device).Number, card.View.Id);

    // 0 for none that is up: nobody finds it then.
    private int Minor => Host.Boards.FirstOrDefault(b => b.Name == Board.Name)?.Minor ?? 0;
}

/// <summary>For the watch: the file's actor is stopped, or crashes. No call of anybody's.</summary>
internal sealed record KillFile(bool Crash) : IIoctl<Done>;
