namespace Akka.Actor;

/// <summary>What becomes of a child that failed.</summary>
public enum Directive
{
    /// <summary>The message is dropped, the instance goes on.</summary>
    Resume = 0,

    /// <summary>A new instance takes its place.</summary>
    Restart = 1,

    /// <summary>The supervisor fails in its turn.</summary>
    Escalate = 2,

    Stop = 3,
}

public interface IDecider
{
    Directive Decide(Exception cause);
}

public class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    public Directive Decide(Exception cause) => decider(cause);
}

/// <summary>Decides by the exception's type: the first pair whose type fits.</summary>
public class DeployableDecider : IDecider
{
    private readonly KeyValuePair<Type, Directive>[] _pairs;
    private readonly Directive _defaultDirective;

    internal DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs)
    {
        _defaultDirective = defaultDirective;
        _pairs = pairs.ToArray();
    }

    public Directive Decide(Exception cause)
    {
        foreach (var pair in _pairs)
        {
            if (pair.Key.IsInstanceOfType(cause))
                return pair.Value;
        }
        return _defaultDirective;
    }
}

public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);

    public static DeployableDecider From(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) =>
        new(defaultDirective, pairs);

    public static DeployableDecider From(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) =>
        new(defaultDirective, pairs);
}
