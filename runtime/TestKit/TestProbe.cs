using System;
using System.Collections.Generic;
using System.Threading;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>A test actor that stands for somebody else: it is passed around as a reference, and asked what it was sent.</summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    private static int _probes;

    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string testProbeName = null)
        : base(assertions, system, $"{testProbeName ?? "probe"}-{Interlocked.Increment(ref _probes)}")
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message that was taken.</summary>
    public IActorRef Sender => LastSender;

    /// <summary>Tells with the probe as the sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Passes the last message on, its sender with it.</summary>
    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    public void Reply(object message) => Sender.Tell(message, TestActor);

    public override TestProbe CreateTestProbe(string name = null) =>
        throw new NotSupportedException("A probe makes no probes; ask the test.");

    public override bool Equals(object obj) => TestActor.Equals(obj is TestProbe other ? other.TestActor : obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => TestActor.ToString();

    public int CompareTo(object obj) => TestActor.CompareTo(obj is TestProbe other ? other.TestActor : obj);

    public void SendSystemMessage(ISystemMessage message) => Internal.SendSystemMessage(message);

    private IInternalActorRef Internal => (IInternalActorRef)TestActor;

    ActorPath IActorRef.Path => TestActor.Path;

    IInternalActorRef IInternalActorRef.Parent => Internal.Parent;

    bool IInternalActorRef.IsTerminated => Internal.IsTerminated;

    bool IActorRefScope.IsLocal => Internal.IsLocal;

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    bool IEquatable<IActorRef>.Equals(IActorRef other) => TestActor.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef other) => TestActor.CompareTo(other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => TestActor.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Internal.GetChild(name);

    void IInternalActorRef.Start() => Internal.Start();

    void IInternalActorRef.Suspend() => Internal.Suspend();

    void IInternalActorRef.Resume(Exception causedByFailure) => Internal.Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => Internal.Restart(cause);

    void IInternalActorRef.Stop() => Internal.Stop();
}
