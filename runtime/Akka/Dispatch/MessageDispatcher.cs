using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Decides where and when cells run. A subclass has to provide <see cref="ExecuteTask"/> and <see cref="Shutdown"/>.</summary>
public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    private long _inhabitants;
    private int _closing;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Throughput = DefaultThroughput;
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    public MessageDispatcherConfigurator Configurator { get; }

    public string Id { get; protected set; }

    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;

    /// <summary>One run delivers at most one more than this.</summary>
    public int Throughput { get; set; }

    /// <summary>A run ends when it has lasted so many ticks (of 100 ns); after each message if it is 0, and never for time if it is null.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    public TimeSpan ShutdownTimeout { get; protected set; }

    protected long Inhabitants => Volatile.Read(ref _inhabitants);

    /// <summary>The mailbox type that this dispatcher's section names, if any.</summary>
    internal MailboxType MailboxType { get; set; }

    protected abstract void ExecuteTask(IRunnable run);

    protected abstract void Shutdown();

    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    internal void Execute(IRunnable run) => ExecuteTask(run);

    internal RunDeadline Deadline() => new(ThroughputDeadlineTime);

    /// <summary>A new actor: it is queued for its first run.</summary>
    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        cell.Attached();
    }

    public virtual void Detach(ActorCell cell)
    {
        if (Interlocked.Decrement(ref _inhabitants) == 0 && Interlocked.Exchange(ref _closing, 1) == 0)
            CloseLater();
    }

    public virtual void Dispatch(ActorCell cell, Envelope envelope) => cell.Accept(envelope);

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message) => cell.PushSystem(message);

    protected void ReportFailure(Exception ex) =>
        EventStream.Publish(new Error(ex, GetType().FullName, GetType(), "An error occurred while executing a run"));

    /// <summary>Shuts down when nobody has come back within the time.</summary>
    private void CloseLater()
    {
        try
        {
            Configurator.Prerequisites.Scheduler.Advanced.ScheduleOnce(ShutdownTimeout, CloseIfEmpty);
        }
        catch (SchedulerException)
        {
            // The system is down to its scheduler.
            CloseIfEmpty();
        }
    }

    private void CloseIfEmpty()
    {
        Volatile.Write(ref _closing, 0);
        if (Inhabitants == 0)
            Shutdown();
    }
}

/// <summary>When a run has lasted long enough.</summary>
internal readonly struct RunDeadline(long? ticks)
{
    private readonly long _at = ticks is { } length ? Stopwatch.GetTimestamp() + (length * Stopwatch.Frequency / TimeSpan.TicksPerSecond) : 0;

    public bool Over => _at != 0 && Stopwatch.GetTimestamp() >= _at;
}
