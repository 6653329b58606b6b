using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>
/// Runs test actors on the thread that tells them: a message is in the inbox when <c>Tell</c> returns, and a scheduler that a test steps
/// by hand need not be stepped for them. They only put messages away, so a run inside a run stays short.
/// </summary>
internal sealed class InlineDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    private const string Name = "akka.test.calling-thread-dispatcher";

    /// <summary>The id under which the system knows this dispatcher from now on.</summary>
    public static string Register(ActorSystem system)
    {
        system.Dispatchers.RegisterConfigurator(Name, new InlineConfigurator(system.Dispatchers.Prerequisites));
        return Name;
    }

    protected override void ExecuteTask(IRunnable run) => run.Run();

    protected override void Shutdown()
    {
    }

    private sealed class InlineConfigurator : MessageDispatcherConfigurator
    {
        private readonly InlineDispatcher _dispatcher;

        public InlineConfigurator(IDispatcherPrerequisites prerequisites) : base(Config.Empty, prerequisites) =>
            _dispatcher = new InlineDispatcher(this) { Id = Name };

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
