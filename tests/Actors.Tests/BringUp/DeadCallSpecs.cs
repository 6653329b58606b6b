using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>Calls that reach nobody: their callers get an answer all the same.</summary>
public sealed class DeadCallSpecs : TestKit
{
    private static readonly Holder File = new(HolderKind.File, 1);
    private static readonly Mmap Map = new(0x1000, 0x1000);

    private readonly TestProbe _caller;
    private readonly TestProbe _file;
    private readonly IActorRef _dead;

    public DeadCallSpecs()
        : base("akka.loglevel = OFF")
    {
        _caller = CreateTestProbe();
        _file = CreateTestProbe();
        var answerer = Sys.ActorOf(DeadCallAnswerer.Props(new()), "dead-calls");
        Sys.EventStream.Subscribe(answerer, typeof(DeadLetter));
        _dead = Watch(Sys.ActorOf(DeadCallAnswerer.Props(new())));
        Sys.Stop(_dead);
        ExpectTerminated(_dead);
    }

    [Fact]
    public void An_ioctl_should_be_ENODEV()
    {
        Send(new GetMagic(), Reply<Magic>.Failed(Errno.ENODEV));
        Send(new OpenCard(0, new Credentials(1, 0)), Reply<CardOpened>.Failed(Errno.ENODEV));
        Send(new CloseFile(), Reply<Done>.Failed(Errno.ENODEV));
    }

    [Fact]
    public void A_call_that_is_wrapped_should_be_ENODEV()
    {
        Send(new FileCall(1, _file.Ref, new ModeRmFb(new FramebufferId(1))), Reply<Done>.Failed(Errno.ENODEV));
        Send(new VblankWait(_file.Ref, new WaitVblank(VblankFlags.Relative, 1), HasSpace: false), Reply<VblankReply>.Failed(Errno.ENODEV));
        Send(new GetMapOffset(1), Reply<MapOffset>.Failed(Errno.ENODEV));
        Send(
            new CreateObject(File, 4096, ArenaBacking.Shared, _file.Ref, new GemHandle(1), new ModeCreateDumb(1, 1, 32), Done.Ok),
            Reply<DumbBuffer>.Failed(Errno.ENODEV));
    }

    [Fact]
    public void What_only_gives_back_should_be_done()
    {
        Send(new CallAnswer(_caller.Ref, Done.Ok), Done.Ok);
        Send(new FileNews(_file.Ref, null, new CallAnswer(_caller.Ref, Done.Ok)), Done.Ok);
        Send(new FileClosing(1), Done.Ok);
        Send(new DropReference(File, Done.Ok), Done.Ok);
    }

    [Fact]
    public void A_file_should_finish_what_it_asked_for_others()
    {
        _file.Send(_dead, new MapAt(File, 7, Map, _caller.Ref));
        Assert.Equal(new ObjectMapped(Errno.ENODEV, null, 7, Map, _caller.Ref), _file.ExpectMsg<ObjectMapped>());
        _file.Send(_dead, new MapObject(File, File, 7, Map, _caller.Ref));
        Assert.Equal(new ObjectMapped(Errno.EINVAL, null, 7, Map, _caller.Ref), _file.ExpectMsg<ObjectMapped>());
        Assert.False(_caller.HasMessages);
    }

    [Fact]
    public void The_caller_should_be_answered_where_the_file_is_dead_too()
    {
        _dead.Tell(new MapAt(File, 7, Map, _caller.Ref), _dead);
        Assert.Equal(Reply<MmapRegion>.Failed(Errno.ENODEV), _caller.ExpectMsg<Reply<MmapRegion>>());
    }

    [Fact]
    public void A_dead_caller_should_not_be_answered_for_ever()
    {
        _dead.Tell(new GetMagic(), _dead);
        _dead.Tell(new GetMagic(), ActorRefs.NoSender);
        _dead.Tell(new MapAt(File, 7, Map, _dead), _dead);
        Send(new GetMagic(), Reply<Magic>.Failed(Errno.ENODEV));
        Assert.False(_caller.HasMessages);
    }

    [Fact]
    public void A_call_that_its_actor_crashes_over_should_be_EIO()
    {
        var fragile = Sys.ActorOf(ActorProps.Of(() => new Fragile()));
        _caller.Send(fragile, new GetMagic());
        Assert.Equal(Reply<Magic>.Failed(Errno.EIO), _caller.ExpectMsg<Reply<Magic>>());
        _caller.Send(fragile, new FileCall(1, _file.Ref, new GetMagic()));
        Assert.Equal(Reply<Magic>.Failed(Errno.EIO), _caller.ExpectMsg<Reply<Magic>>());
        _file.Send(fragile, new MapAt(File, 7, Map, _caller.Ref));
        Assert.Equal(new ObjectMapped(Errno.EIO, null, 7, Map, _caller.Ref), _file.ExpectMsg<ObjectMapped>());
    }

    private void Send<T>(object call, T answer)
    {
        _caller.Send(_dead, call);
        Assert.Equal(answer, _caller.ExpectMsg<T>());
    }

    private sealed class Fragile : DrmActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("told to");
    }
}
