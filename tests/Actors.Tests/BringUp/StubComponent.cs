using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>A component that says on the trail what it is told, and does it. It registers when told <see cref="Appear"/>, or at once.</summary>
internal sealed class StubComponent : UntypedActor
{
    private readonly ComponentDescription _component;
    private readonly IActorRef _trail;
    private readonly bool _appears;

    private StubComponent(ComponentDescription component, IActorRef trail, bool appears)
    {
        _component = component;
        _trail = trail;
        _appears = appears;
    }

    public static Props Props(ComponentSetup setup, IActorRef trail, bool appears) =>
        ActorProps.Of(() => new StubComponent(setup.Component, trail, appears));

    protected override void PreStart()
    {
        _trail.Tell(new Present(_component.Name), Self);
        if (_appears)
            Context.Parent.Tell(new RegisterComponent(_component.Name));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Appear:
                Context.Parent.Tell(new RegisterComponent(_component.Name));
                break;
            case Crash:
                throw new InvalidOperationException("told to");
            case BindComponent bind:
                _trail.Tell($"bind {_component.Name}");
                Sender.Tell(Bind(bind.Config));
                break;
            case UnbindComponent:
                _trail.Tell($"unbind {_component.Name}");
                Sender.Tell(new ComponentUnbound(_component.Name));
                break;
            case SilencePipe:
                Sender.Tell(new PipeSilent(default));
                break;
        }
    }

    private ComponentBound Bind(ModeConfig config)
    {
        if (_component is OutputDescription output)
        {
            config = config
                .AddEncoder(output.Encoder, 1, out var encoder)
                .AddConnector(output.Connector.Type, [encoder], 0, out var connector);
            return new ComponentBound(_component.Name, config, default, connector);
        }

        config = config
            .AddPlane(PlaneType.Primary, 1u << config.Crtcs.Length, ImmutableArray<uint>.Empty, out var plane)
            .AddCrtc(plane, 4096, 2160, 0, 0, out var crtc);
        return new ComponentBound(_component.Name, config, crtc, default);
    }

    /// <summary>Its actor has started. Sent by itself.</summary>
    public sealed record Present(string Name);

    public sealed record Appear;

    public sealed record Crash;
}
