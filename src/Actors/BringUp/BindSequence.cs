using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>What a bind tells while it runs.</summary>
internal interface IBindObserver
{
    void StepBegan(BindStep step);

    void StepEnded(BindStep step, Errno errno);

    void StepUndone(BindStep step);

    /// <summary>All steps are done.</summary>
    void Up();

    /// <summary>All steps are undone; why is told in words.</summary>
    void Down(Errno errno, string reason);
}

/// <summary>
/// Does steps in order, one at a time, and undoes them in reverse when one fails or somebody calls it off. It knows nothing of actors: it is
/// started, offered messages, and told to stop.
/// <code>idle --Start--> doing --last step--> up --Abort--> undoing --first step--> down
/// doing --failure, Abort--> undoing</code>
/// </summary>
internal sealed class BindSequence(ImmutableArray<BindStep> steps, BindFaults faults, IBindObserver observer)
{
    private Progress _current = Progress.Done;

    // Steps that are done and not undone: the next to do, and one beyond the next to undo.
    private int _done;
    private bool _running;
    private bool _undoing;
    private (Errno Errno, string Reason)? _abort;

    public void Start() => Run(Begin());

    /// <summary>False where the message is not for the step that runs.</summary>
    public bool Offer(object message)
    {
        if (!_running || _current.Next?.Invoke(message) is not { } progress)
            return false;
        Run(progress);
        return true;
    }

    /// <summary>Undo everything: at once when up, else when the step that runs has ended. The first reason counts.</summary>
    public void Abort(Errno errno, string reason)
    {
        _abort ??= (errno, reason);
        if (_running || _undoing)
            return;
        _undoing = true;
        if (_done == 0)
            observer.Down(errno, reason);
        else
            Run(Begin());
    }

    private void Run(Progress progress)
    {
        _running = true;
        while (!progress.IsWaiting)
        {
            End(progress);
            if (_undoing ? _done == 0 : _done == steps.Length)
            {
                _running = false;
                Finish();
                return;
            }

            progress = Begin();
        }

        _current = progress;
    }

    private Progress Begin()
    {
        if (_undoing)
            return steps[_done - 1].Undo?.Invoke() ?? Progress.Done;
        var step = steps[_done];
        observer.StepBegan(step);
        return faults.Steps.TryGetValue(step.Number, out var errno) ? Progress.Ended(errno) : step.Do();
    }

    private void End(Progress progress)
    {
        if (_undoing)
        {
            var undone = steps[--_done];
            if (undone.Undo is not null)
                observer.StepUndone(undone);
            return;
        }

        var step = steps[_done];
        observer.StepEnded(step, progress.Errno);
        if (progress.Errno == Errno.None || step.MayFail)
            _done++;
        else
            _abort ??= (progress.Errno, Describe(step, progress.Detail));
        _undoing = _abort is not null;
    }

    private string Describe(BindStep step, string detail) =>
        $"{step.Number}/{steps.Length} {step.Name}{(detail.Length > 0 ? $": {detail}" : "")}";

    private void Finish()
    {
        if (_undoing)
            observer.Down(_abort!.Value.Errno, _abort.Value.Reason);
        else
            observer.Up();
    }
}
