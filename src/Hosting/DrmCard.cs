using Akka.Actor;
using DrmActors.Actors.Files;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Hosting.Internals;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>
/// An open file of a card, with libdrm's calls. Calls of one thread are carried out in their order. A refused call is a
/// <see cref="DrmException"/>; <see cref="CallAsync{TReply}"/> makes any call without exceptions. A call that is cancelled while it runs may still
/// have its effect; calls that make something end with it or before it, never in between.
/// </summary>
public sealed partial class DrmCard : IAsyncDisposable
{
    private readonly CallGate _file;
    private readonly Arena _arena;
    private readonly Action<DrmCard> _onClosed;
    private readonly CardEvents _events;
    private readonly Func<CardOpened, IIoctl, Task<DrmCard>> _adopt;
    private bool _disposed;

    /// <param name="adopt">Makes a card of the file that a call has opened.</param>
    internal DrmCard(int minor, CallGate file, Arena arena, Action<DrmCard> onClosed, Func<CardOpened, IIoctl, Task<DrmCard>> adopt)
    {
        Minor = minor;
        _file = file;
        _arena = arena;
        _onClosed = onClosed;
        _adopt = adopt;
        _events = new CardEvents(file);
    }

    /// <summary>N of cardN, or of renderDN.</summary>
    public int Minor { get; }

    /// <summary>For those who look inside.</summary>
    internal FileView View { get; init; } = null!;

    /// <summary>For tests, which kill it.</summary>
    internal IActorRef File => _file.Actor;

    /// <summary>Makes a call and returns its answer as it is. EBADF on a card that is closed, ENODEV on one that is gone.</summary>
    /// <exception cref="ArgumentException">A lease, whose card the answer does not tell: see <see cref="LeaseAsync"/>.</exception>
    public Task<Reply<TReply>> CallAsync<TReply>(IIoctl<TReply> call, CancellationToken cancellationToken = default)
        where TReply : class => call is ModeCreateLease
            ? throw new ArgumentException($"{nameof(ModeCreateLease)} opens a card: call {nameof(LeaseAsync)}.", nameof(call))
            : _file.CallAsync(call, cancellationToken);

    public Task<DriverVersion> VersionAsync(CancellationToken cancellationToken = default) => Require(new GetVersion(), cancellationToken);

    /// <summary>DRM_IOCTL_SET_VERSION. Master and root only; EINVAL for versions that cannot be had.</summary>
    public Task<VersionAgreed> SetInterfaceVersionAsync(SetVersion wanted, CancellationToken cancellationToken = default) =>
        Require(wanted, cancellationToken);

    /// <summary>The bus id; empty until an interface of 1.1 or more was asked for.</summary>
    public async Task<string> GetBusIdAsync(CancellationToken cancellationToken = default) =>
        (await Require(new GetUnique(), cancellationToken)).Name;

    public async Task<ulong> GetCapAsync(Capability capability, CancellationToken cancellationToken = default) =>
        (await Require(new GetCap(capability), cancellationToken)).Value;

    public Task SetClientCapAsync(ClientCapability capability, ulong value, CancellationToken cancellationToken = default) =>
        Require(new SetClientCap(capability, value), cancellationToken);

    /// <summary>DRM_IOCTL_SET_CLIENT_NAME. EINVAL for more than 64 letters, blanks, and what cannot be printed.</summary>
    public Task SetClientNameAsync(string name, CancellationToken cancellationToken = default) => Require(new SetClientName(name), cancellationToken);

    /// <summary>EBUSY while another file is master, EACCES without the right.</summary>
    public Task SetMasterAsync(CancellationToken cancellationToken = default) => Require(new SetMaster(), cancellationToken);

    public Task DropMasterAsync(CancellationToken cancellationToken = default) => Require(new DropMaster(), cancellationToken);

    /// <summary>The token that the master authenticates this file by.</summary>
    public async Task<uint> GetMagicAsync(CancellationToken cancellationToken = default) =>
        (await Require(new GetMagic(), cancellationToken)).Value;

    public Task AuthMagicAsync(uint magic, CancellationToken cancellationToken = default) => Require(new AuthMagic(magic), cancellationToken);

    /// <summary>close(2), once: gives back all that the file holds but for what its mappings keep. Waiting calls end with EBADF or ENODEV.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _file.Announce(Errno.EBADF);
        await _file.CallAsync(new CloseFile(), CancellationToken.None);
        _file.Close(Errno.EBADF);
        _onClosed(this);
    }

    private Task<T> Require<T>(IIoctl<T> call, CancellationToken cancellationToken)
        where T : class => _file.RequireAsync(call, cancellationToken);

    // Whoever cancelled would never learn the name of what was made.
    private Task<T> Make<T>(IIoctl<T> call, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.RequireAsync(call, CancellationToken.None);
    }
}
