using System.Text;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

public sealed partial class ActorSystemImpl
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _terminationCallbacks = new();
    private int _terminating;

    public override Task WhenTerminated => _terminated.Task;

    internal void Start()
    {
        System.Tell(new Follow(Users), ActorRefs.NoSender);
        Root.Tell(new Follow(System), ActorRefs.NoSender);
        if (Settings.LogDeadLetters > 0)
            _ = new DeadLetterListener(this);
        if (Settings.DebugUnhandledMessage)
            _ = new UnhandledListener(this);
        StartLoggers();
        foreach (var name in Settings.Config.GetStringList("akka.extensions"))
            RegisterExtension((IExtensionId)Activator.CreateInstance(TypeNames.Find(name)));
        if (Settings.LogConfigOnStart)
            Log.Info(Settings.ToString());
    }

    /// <summary>Users' actors stop first, then the system's own, then the callbacks run.</summary>
    public override Task Terminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) == 0)
        {
            if (Settings.CoordinatedShutdownRunByActorSystemTerminate && TryGetExtension<CoordinatedShutdown>(out var shutdown))
                _ = shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
            else
                FinalTerminate();
        }
        return WhenTerminated;
    }

    public override void Abort() => FinalTerminate();

    internal void FinalTerminate()
    {
        Volatile.Write(ref _terminating, 1);
        Users.Stop();
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (_terminationCallbacks)
        {
            if (WhenTerminated.IsCompleted)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _terminationCallbacks.Push(code);
        }
    }

    internal void Ended()
    {
        while (NextCallback() is { } callback)
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"A termination callback of {this} failed: {e}");
            }
        }
        (Scheduler as IDisposable)?.Dispose();
        _terminated.TrySetResult();
    }

    private Action NextCallback()
    {
        lock (_terminationCallbacks)
            return _terminationCallbacks.TryPop(out var callback) ? callback : null;
    }

    private void StartLoggers()
    {
        var index = 0;
        foreach (var name in Settings.Loggers)
        {
            var type = TypeNames.Find(name);
            var logger = SystemActorOf(Props.Create(type), $"log{++index}-{Logging.SimpleName(type)}");
            var initialized = logger.Ask(new InitializeLogger(EventStream), Settings.LoggerStartTimeout);
            if (!Settings.LoggerAsyncStart)
                Await(initialized, type);
            for (var level = Math.Max((int)EventStream.LogLevel, 0); level <= (int)LogLevel.ErrorLevel; level++)
                EventStream.Subscribe(logger, ((LogLevel)level).ClassFor());
        }
    }

    private static void Await(Task<object> initialized, Type type)
    {
        try
        {
            if (initialized.GetAwaiter().GetResult() is LoggerInitialized)
                return;
        }
        catch (AskTimeoutException e)
        {
            throw new LoggerInitializationException($"Logger [{type}] did not answer in time", e);
        }
        throw new LoggerInitializationException($"Logger [{type}] did not respond with LoggerInitialized, sent instead [{initialized.Result}]");
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(Root, 0, text);
        return text.ToString();
    }

    private static void Print(LocalActor actor, int depth, StringBuilder to)
    {
        to.Append(' ', depth * 2).Append(depth == 0 ? "/" : actor.Name).Append(' ').AppendLine(actor.Props.Type.Name);
        foreach (var child in actor.ChildrenNow().OrderBy(child => child.Name, StringComparer.Ordinal))
            Print(child, depth + 1, to);
    }
}
