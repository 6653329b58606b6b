using System;
using System.Linq.Expressions;
using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    public IActorRef ActorOf(Props props, string name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>() where TActor : ActorBase, new() => ActorOf(Props.Create<TActor>());

    public IActorRef ActorOf<TActor>(string name) where TActor : ActorBase, new() => ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase => ActorOf(Props.Create(factory));

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name) where TActor : ActorBase =>
        ActorOf(Props.Create(factory), name);

    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);
}
