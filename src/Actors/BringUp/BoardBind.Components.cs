using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

// Step 6: the components, in the order of the match list, whatever order they came in.
internal sealed partial class BoardBind
{
    private readonly ImmutableArray<string> _match = [.. board.MatchOrder.Distinct()];
    private readonly Dictionary<string, IActorRef> _components = [];
    private readonly List<(IActorRef Component, ComponentBound Bound)> _bound = [];

    /// <summary>Whether all that the match list names are there.</summary>
    public bool IsComplete => _match.All(_components.ContainsKey);

    public bool Matches(string component) => _match.Contains(component);

    /// <summary>False for one that is there already.</summary>
    public bool Register(string name, IActorRef component) => _components.TryAdd(name, component);

    /// <summary>The component is dead: nobody tells it anything any more.</summary>
    public void Lose(string name) => _components.Remove(name);

    private Progress BindComponents()
    {
        if (_bound.Count == _match.Length)
            return Progress.Done;
        var name = _match[_bound.Count];
        if (faults.Components.TryGetValue(name, out var errno))
            return GiveUp(errno, name);
        if (!_components.TryGetValue(name, out var component))
            return GiveUp(Errno.ENODEV, name);
        component.Tell(new BindComponent(_config!));
        return Progress.Until(message => message switch
        {
            ComponentBound bound when bound.Name == name => Accept(component, bound),
            ComponentBindFailed failed when failed.Name == name => GiveUp(failed.Errno, name),
            Terminated dead when dead.ActorRef.Equals(component) => GiveUp(Errno.ENODEV, name),
            _ => null,
        });
    }

    private Progress Accept(IActorRef component, ComponentBound bound)
    {
        _bound.Add((component, bound));
        _config = bound.Config;
        return BindComponents();
    }

    private Progress GiveUp(Errno errno, string name) => UnbindComponents().Then(_ => Progress.Ended(errno, name));

    private Progress UnbindComponents()
    {
        if (_bound.Count == 0)
            return Progress.Done;
        var (component, bound) = _bound[^1];
        _bound.RemoveAt(_bound.Count - 1);
        if (!_components.ContainsKey(bound.Name))
            return UnbindComponents();
        component.Tell(UnbindComponent.Instance);
        return Progress.Until(message => message switch
        {
            ComponentUnbound unbound when unbound.Name == bound.Name => UnbindComponents(),
            Terminated dead when dead.ActorRef.Equals(component) => UnbindComponents(),
            _ => null,
        });
    }

    private IActorRef BoundAs(Func<ComponentBound, bool> isWanted) =>
        _bound.Find(b => isWanted(b.Bound)).Component ?? ActorRefs.Nobody;
}
