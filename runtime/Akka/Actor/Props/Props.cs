using System.Linq.Expressions;
using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The recipe of an actor: how to make an instance, and under which dispatcher, mailbox and strategy it runs. Immutable.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    public static readonly Props None = new(NoProducer.Instance, []);

    private readonly IIndirectActorProducer _producer;
    private readonly object[] _arguments;
    private Choices _choices;

    /// <summary>What few recipes have, kept apart so that the others stay small.</summary>
    private sealed record Choices(string Dispatcher, string Mailbox, SupervisorStrategy Strategy, int StashCapacity)
    {
        public static readonly Choices Default = new(null, null, null, -1);
    }

    private Props(IIndirectActorProducer producer, object[] arguments, Choices choices = null)
    {
        _producer = producer;
        _arguments = arguments;
        _choices = choices ?? Choices.Default;
    }

    protected Props() : this(NoProducer.Instance, [])
    {
    }

    protected Props(Props copy) : this(copy._producer, copy._arguments, copy._choices)
    {
    }

    public Props(Type type) : this(type, [])
    {
    }

    public Props(Type type, object[] args) : this(ProducerFor(type, args), args)
    {
    }

    public Props(Type type, SupervisorStrategy supervisorStrategy, IEnumerable<object> args)
        : this(type, supervisorStrategy, args.ToArray())
    {
    }

    public Props(Type type, SupervisorStrategy supervisorStrategy, params object[] args) : this(type, args) =>
        SupervisorStrategy = supervisorStrategy;

    public static Props Empty => Create<EmptyActor>();

    public Type Type => _producer.ActorType;

    public string TypeName => Type.AssemblyQualifiedName;

    public object[] Arguments => _arguments;

    /// <summary>The dispatcher's id; the default dispatcher's where none was chosen.</summary>
    public string Dispatcher => _choices.Dispatcher ?? Dispatchers.DefaultDispatcherId;

    public string Mailbox => _choices.Mailbox;

    public SupervisorStrategy SupervisorStrategy
    {
        get => _choices.Strategy;
        protected set => _choices = _choices with { Strategy = value };
    }

    internal string ChosenDispatcher => _choices.Dispatcher;

    internal int StashCapacity => _choices.StashCapacity;

    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression)
            return new Props(FunctionProducerFor(factory), []).With(supervisorStrategy);
        var create = factory.Body as NewExpression
            ?? throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        var arguments = NewExpressionArguments.Evaluate(create);
        var producer = create.Constructor is { } constructor
            ? new ConstructorProducer(constructor, arguments)
            : ProducerFor(create.Type, arguments);
        return new Props(producer, arguments).With(supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new Props(DefaultProducer<TActor>.Instance, []).With(supervisorStrategy);

    public static Props Create(Type type, params object[] args) =>
        type is null ? throw new ArgumentNullException(nameof(type), "Props must be instantiated with an actor type.") : new Props(type, args);

    /// <summary>Lets the producer make the instances: the cheapest way, no reflection is involved.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args);

    public static Props CreateBy<TProducer>(params object[] args) where TProducer : class, IIndirectActorProducer =>
        new((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args), args);

    public Props WithDispatcher(string dispatcher) => Changed(_choices with { Dispatcher = dispatcher });

    public Props WithMailbox(string mailbox) => Changed(_choices with { Mailbox = mailbox });

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => Changed(_choices with { Strategy = supervisorStrategy });

    public Props WithStashCapacity(int stashCapacity) => Changed(_choices with { StashCapacity = stashCapacity });

    public virtual ActorBase NewActor() => _producer.Produce();

    internal void Release(ActorBase actor) => _producer.Release(actor);

    protected virtual Props Copy() => new(this);

    public bool Equals(Props other) =>
        other is not null && _producer.GetType() == other._producer.GetType() && Type == other.Type
        && _choices.Equals(other._choices) && _arguments.AsSpan().SequenceEqual(other._arguments);

    public override bool Equals(object obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, _choices, _arguments.Length);

    public ISurrogate ToSurrogate(ActorSystem system) => null;

    private Props Changed(Choices choices)
    {
        var copy = Copy();
        copy._choices = choices;
        return copy;
    }

    private Props With(SupervisorStrategy strategy) => strategy is null ? this : WithSupervisorStrategy(strategy);

    private static FunctionProducer FunctionProducerFor<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase =>
        new(typeof(TActor), factory.Compile());

    private static IIndirectActorProducer ProducerFor(Type type, object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (typeof(IIndirectActorProducer).IsAssignableFrom(type))
            return (IIndirectActorProducer)Activator.CreateInstance(type, args);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"Unknown actor producer [{type.FullName}]");
        return new ActivatorProducer(type, args);
    }

    private sealed class FunctionProducer(Type type, Func<ActorBase> make) : IIndirectActorProducer
    {
        public Type ActorType => type;

        public ActorBase Produce() => make();

        public void Release(ActorBase actor)
        {
        }
    }
}

internal sealed class EmptyActor : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}
