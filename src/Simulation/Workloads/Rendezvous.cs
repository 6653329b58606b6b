using System.Runtime.ExceptionServices;

namespace DrmActors.Simulation.Workloads;

/// <summary>Where clients wait for each other: the last one does something for all, while nobody calls, and then all go on.</summary>
internal sealed class Rendezvous
{
    private readonly int _parties;
    private readonly Func<Task> _whenAll;
    private readonly Lock _lock = new();
    private TaskCompletionSource _round = NewRound();
    private int _missing;
    private Exception? _failure;

    public Rendezvous(int parties, Func<Task> whenAll) => (_parties, _missing, _whenAll) = (parties, parties, whenAll);

    public async Task ArriveAsync()
    {
        TaskCompletionSource round;
        bool isLast;
        lock (_lock)
        {
            // As it was: whoever looks at any client sees what has happened.
            if (_failure is not null)
                ExceptionDispatchInfo.Throw(_failure);
            round = _round;
            isLast = --_missing == 0;
            if (isLast)
                (_round, _missing) = (NewRound(), _parties);
        }

        if (isLast)
        {
            try
            {
                await _whenAll();
                round.TrySetResult();
            }
            catch (Exception e)
            {
                round.TrySetException(e);
            }
        }

        await round.Task;
    }

    /// <summary>One of the parties will not come any more: nobody waits for it.</summary>
    public void Fail(Exception failure)
    {
        lock (_lock)
            _failure ??= failure;
        _round.TrySetException(failure);
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
