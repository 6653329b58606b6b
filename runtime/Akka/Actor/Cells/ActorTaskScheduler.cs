using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// Runs the pieces of asynchronous handlers as system messages of their actor. One scheduler serves one incarnation: what it still holds when
/// the actor stops or restarts is never run.
/// </summary>
internal sealed class ActorTaskScheduler(ActorCell cell) : TaskScheduler
{
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    public static void RunTask(Func<Task> work)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        var scheduler = cell.More.TaskScheduler ??= new ActorTaskScheduler(cell);
        cell.BeginAsync();
        _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap()
            .ContinueWith(
                static (done, state) => ((ActorCell)state).EndAsync(Cause(done)),
                cell, CancellationToken.None, TaskContinuationOptions.None, scheduler);
    }

    public void Continue(ActorCell owner, Task task)
    {
        if (!owner.IsCurrentScheduler(this))
            return;
        TryExecuteTask(task);
        owner.EndMessage();
    }

    protected override IEnumerable<Task> GetScheduledTasks() => null;

    /// <summary>A piece that is due while the actor's own turn is on runs in it at once.</summary>
    protected override void QueueTask(Task task)
    {
        if (ReferenceEquals(ActorCell.Current, cell) && cell.IsCurrentScheduler(this))
            TryExecuteTask(task);
        else
            cell.Ref.PostSystem(new TaskContinuation(this, task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, cell) && TryExecuteTask(task);

    private static Exception Cause(Task task) => task switch
    {
        { IsFaulted: true, Exception.InnerExceptions: { Count: 1 } single } => single[0],
        { IsFaulted: true } => task.Exception,
        { IsCanceled: true } => new TaskCanceledException(task),
        _ => null,
    };
}
