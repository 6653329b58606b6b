using System;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Base of a test class with an actor system of its own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    private bool _disposed;

    /// <summary>Where the log goes; null if nowhere.</summary>
    protected readonly ITestOutputHelper Output;

    public TestKit(ActorSystem system = null, ITestOutputHelper output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string actorSystemName = null, ITestOutputHelper output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(string config, ITestOutputHelper output = null) : base(Assertions, ConfigurationFactory.ParseString(config))
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions { get; } = new();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs once, when the test is over.</summary>
    protected virtual void AfterAll() => Shutdown();

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        AfterAll();
    }

    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, "");

    /// <summary>Writes another system's log to the same place, each line behind the prefix.</summary>
    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is not { } output)
            return;
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.CreateBy(new OutputLogger.Producer(output, prefix)), "log-test");
        system.EventStream.Subscribe(logger, typeof(LogEvent));
    }
}
