using System.Collections.Immutable;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Prime;
using DrmActors.Hardware.Time;
using DrmActors.Hosting;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>
/// A host with a framebuffer whose buffer has been exported, and a run that is told by hand. The card, its buffers, descriptors and fences are real; the
/// calls are not made, and so neither is what they are said to have answered.
/// </summary>
internal sealed class FencedScene : IAsyncDisposable
{
    public const ulong File = 9;
    private const ulong Pointer = 0x1000;

    private readonly DrmHost _host;
    private readonly DrmCard _card;
    private readonly List<Descriptor> _open = [];
    private readonly Descriptor _buffer;
    private readonly VirtualClock _clock = new();

    private FencedScene(Invariant invariant, DrmHost host, DrmCard card, FramebufferId framebuffer, Descriptor buffer)
    {
        (_host, _card, Framebuffer, _buffer) = (host, card, framebuffer, buffer);
        Run = new Watched(invariant);
        Run.Watch.Clock = _clock;
        Run.Watch.DeviceOf(card.View.Device);
    }

    public Watched Run { get; }

    /// <summary>Of the exported buffer.</summary>
    public FramebufferId Framebuffer { get; }

    public CrtcId Crtc => _card.View.Device.State.Config.Crtcs[0].Id;

    /// <summary>In ns.</summary>
    public long Now => _clock.Now;

    private Reservation Reservation => ((DmaBuf)_host.Descriptors.Find(_buffer)!).Reservation;

    public static async Task<FencedScene> MakeAsync(Invariant invariant)
    {
        var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms" }, Time = TimeMode.Virtual });
        var card = await host.OpenAsync();
        var dumb = await card.CreateDumbAsync(32, 32);
        var scene = new FencedScene(invariant, host, card, await card.AddFbAsync(dumb), await card.PrimeHandleToFdAsync(dumb.Handle));
        scene.Run.Call(0, File, new PrimeHandleToFd(dumb.Handle, PrimeFlags.None), new PrimeExported(scene._buffer));
        return scene;
    }

    public void After(long nanoseconds) => _clock.Advance(TimeSpan.FromTicks(nanoseconds / 100));

    public Fence NewFence(string timeline) => new("test", timeline, _host.Contexts.Next(), sequence: 1);

    /// <summary>A sync file of all of them.</summary>
    public Descriptor Open(params Fence[] fences)
    {
        _open.Add(_host.Descriptors.Add(new SyncFile(FenceArray.Merge(fences, _host.Contexts), _host.Descriptors, _host.Contexts)));
        return _open[^1];
    }

    /// <summary>A sync file of a point that a test signals.</summary>
    public async Task<(Descriptor SyncFile, Func<Task> Signal)> OpenSwFenceAsync()
    {
        var timeline = _host.OpenSwSync();
        var fence = await _host.CreateFenceAsync(timeline, 1);
        _open.AddRange([timeline, fence]);
        return (fence, () => _host.AdvanceAsync(timeline));
    }

    public void Close(Descriptor descriptor)
    {
        Run.Call(1, 0, new CloseDescriptor(descriptor));
        _host.Close(descriptor);
        _open.Remove(descriptor);
    }

    /// <summary>Somebody is at the buffer until the fence is signalled.</summary>
    public Fence Use(FenceUsage usage)
    {
        var fence = NewFence("brush");
        Reservation.Add(fence, usage);
        return fence;
    }

    /// <summary>A flip to the framebuffer that is accepted.</summary>
    public void Flip(ulong userData) => Run.Call(0, File, new ModePageFlip(Crtc, Framebuffer, PageFlipFlags.Event, userData));

    /// <summary>The flip's event is read: it has been on the screen since then.</summary>
    public void Shown(ulong userData, long time) =>
        Run.Call(0, File, new ReadEvents(32, false), new EventBatch([new FlipCompleteEvent(userData, 1, time, Crtc)]));

    /// <summary>A commit of the framebuffer.</summary>
    public ModeAtomic Commit(AtomicFlags flags, Descriptor? inFence = null, ulong userData = 0)
    {
        var plane = _card.View.Device.State.Config.Planes[0].Id.Value;
        ImmutableArray<PropertyValue> values = [new(StandardProperties.FbId.Id, Framebuffer.Value)];
        if (inFence is { } descriptor)
            values = values.Add(new(StandardProperties.InFenceFd.Id, (ulong)descriptor.Number));
        return new ModeAtomic(flags, [new AtomicObject(plane, values)], userData);
    }

    /// <summary>The answer of a commit that was asked for an out-fence.</summary>
    public AtomicDone Told(Fence shown) => new([Pointer]) { Made = [new(Open(shown), Pointer: Pointer)] };

    public Task UnplugAsync() => _host.UnplugBoardAsync("vkms");

    public async ValueTask DisposeAsync()
    {
        foreach (var descriptor in _open.Append(_buffer))
            _host.Close(descriptor);
        await _card.DisposeAsync();
        await _host.DisposeAsync();
    }
}
