using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>A lit screen with two framebuffers, whose commits wait for fences and give some.</summary>
internal sealed class FencedScreen
{
    /// <summary>Where a client would want its fence's number.</summary>
    public const ulong Pointer = 0x1000;

    private readonly DrmHost _host;
    private readonly List<Descriptor> _open = [];
    private int _callers;

    private FencedScreen(DrmHost host, Screen screen, FramebufferId other, DrmBuffer buffer) =>
        (_host, Screen, Other, OtherBuffer) = (host, screen, other, buffer);

    public Screen Screen { get; }

    public DrmCard Card => Screen.Card;

    /// <summary>What is not shown at first.</summary>
    public FramebufferId Other { get; }

    public DrmBuffer OtherBuffer { get; }

    public ModeConfig Config => Card.View.Snapshot.Config;

    public Plane Primary => Config.Find(Config.Crtcs[0].Primary)!;

    /// <summary>What is shown, once all commits are.</summary>
    public FramebufferId Shown => Card.View.Snapshot[Primary].Framebuffer!.Id;

    public static async Task<FencedScreen> LightAsync(DrmHost host, DrmCard card)
    {
        var screen = await Screen.LightAsync(card);
        await card.SetClientCapAsync(ClientCapability.Atomic, 1);
        var buffer = await card.CreateDumbAsync(screen.Mode.HDisplay, screen.Mode.VDisplay);
        return new FencedScreen(host, screen, await card.AddFbAsync(buffer), buffer);
    }

    /// <summary>A fence that nobody has signalled, and a sync file of it.</summary>
    public (Fence Fence, Descriptor File) Fence(string name = "work")
    {
        var fence = new FenceTimeline("test", name, _host.Contexts.Next()).Next();
        return (fence, Open(new SyncFile(fence, _host.Descriptors, _host.Contexts)));
    }

    public Descriptor Open(Description description)
    {
        var descriptor = _host.Descriptors.Add(description);
        _open.Add(descriptor);
        return descriptor;
    }

    public Fence FenceOf(MadeDescriptor made) => ((SyncFile)_host.Descriptors.Find(made.Descriptor)!).Fence;

    /// <summary>Shows the other framebuffer.</summary>
    public ModeAtomic Flip(AtomicFlags flags, long inFence = -1, ulong outFence = 0, FramebufferId? framebuffer = null) => new(
        flags,
        [
            new AtomicObject(Primary.Id.Value, [Value(StandardProperties.FbId, (framebuffer ?? Other).Value), Value(StandardProperties.InFenceFd, (ulong)inFence)]),
            new AtomicObject(Screen.Crtc.Value, [Value(StandardProperties.OutFencePtr, outFence)]),
        ],
        UserData: 7);

    /// <summary>The fence of a commit that is accepted.</summary>
    public async Task<Fence> CommitAsync(ModeAtomic call)
    {
        var reply = await Card.CallAsync(call);
        Assert.Equal(Errno.None, reply.Errno);
        var made = Assert.Single(reply.Value!.Made);
        Assert.Equal((true, Pointer), (made.CloseOnExec, made.Pointer));
        _open.Add(made.Descriptor);
        return FenceOf(made);
    }

    /// <summary>A call whose caller can be told from others, as who interrupts it has to.</summary>
    public (Task<IReply> Answer, IActorRef Caller) Tell(IIoctl call)
    {
        var answer = new TaskCompletionSource<IReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var caller = _host.System.ActorOf(Props.Create(() => new Caller(answer)), $"caller-{_callers++}");
        Card.File.Tell(call, caller);
        return (answer.Task, caller);
    }

    /// <summary>Of a framebuffer's buffer; the other one's by default.</summary>
    public async Task<Reservation> ReservationAsync(FramebufferId? framebuffer = null)
    {
        var objects = await _host.AskAsync(Card.View.Device.Gem, new ListObjects());
        var buffer = Card.View.Snapshot.Find(framebuffer ?? Other)!.Buffers[0];
        return objects.Value!.Objects.Single(o => o.Id == buffer.ObjectId).Reservation;
    }

    public void CloseAll()
    {
        foreach (var descriptor in _open)
            _host.Close(descriptor);
        _open.Clear();
    }

    public static PropertyValue Value(Property property, ulong value) => new(property.Id, value);

    private sealed class Caller(TaskCompletionSource<IReply> answer) : UntypedActor
    {
        protected override void OnReceive(object message) => answer.TrySetResult((IReply)message);
    }
}
