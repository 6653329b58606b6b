using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    internal bool IsStopped => Volatile.Read(ref _terminated);

    /// <summary>
    /// One turn: the first incarnation if it is due, all system messages, then up to throughput + 1 user messages with the system messages
    /// that come in between.
    /// </summary>
    internal void Run()
    {
        var outer = t_current;
        t_current = this;
        bool more;
        try
        {
            if (!_incarnated)
                Incarnate();
            ProcessSystem();
            more = !_terminated && ProcessUser();
        }
        finally
        {
            t_current = outer;
        }
        if (more)
            QueueRun();
        else
            GiveUp();
    }

    /// <summary>Clears the bit, then looks again: what came in between has seen the bit set and did not queue a run.</summary>
    private void GiveUp()
    {
        Interlocked.And(ref _schedule, ~Scheduled);
        if (!_terminated && HasWork())
            TrySchedule();
    }

    private bool HasWork() => Volatile.Read(ref _systemInbox) is not null || (HasMessages && (_schedule & Suspended) == 0);

    private void ProcessSystem()
    {
        while (!_terminated && _systemInbox is not null)
        {
            var message = SystemInOrder(Interlocked.Exchange(ref _systemInbox, null));
            while (message is not null)
            {
                var next = message.Next;
                message.Unlink();
                if (_terminated)
                    message.Undeliverable(Ref, _system);
                else
                    InvokeSystem(message);
                message = next;
            }
        }
    }

    private void InvokeSystem(SystemMessage message)
    {
        if (message.MustWait(this))
        {
            (More.Waiting ??= []).Add(message);
            return;
        }
        try
        {
            message.Invoke(this);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
        if (_extras?.Waiting is { } waiting && !_terminated)
        {
            _extras.Waiting = null;
            foreach (var earlier in waiting)
                InvokeSystem(earlier);
        }
    }

    /// <summary>True if the turn ended because it was long enough.</summary>
    private bool ProcessUser()
    {
        if (_suspensions > 0)
            return false;
        var left = Math.Max(_dispatcher.Throughput, 1);
        var deadline = _dispatcher.Deadline();
        // Set once and not with every message: it stands in the senders' cache line.
        _handling = true;
        while ((_pending ??= Refill()) is { } node)
        {
            if (!InvokeUser(node))
                return false;
            Drop(node);
            if (_systemInbox is not null)
            {
                _handling = false;
                ProcessSystem();
                if (_terminated || _suspensions > 0)
                    return false;
                _handling = true;
            }
            if (--left < 0 || deadline.Over)
            {
                _handling = false;
                return HasWork();
            }
        }
        _handling = false;
        return false;
    }

    /// <summary>False if the message stays the current one.</summary>
    private bool InvokeUser(MessageNode node)
    {
        try
        {
            if (node.Message is IAutoReceivedMessage)
                AutoReceive(node.Message);
            else
                _actor.Handle(_behavior ?? ActorBase.OwnReceive, node.Message);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
            return false;
        }
        return _extras is null || IsDone(node.Message);
    }

    private bool IsDone(object message)
    {
        if (_extras.Awaiting > 0 || IsFailed)
            return false;
        if (message is not INotInfluenceReceiveTimeout)
            _extras.ReceiveTimeouts?.Restart(this);
        return true;
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case PoisonPill:
                Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Ref), Ref);
                break;
            case SelectionMessage selection:
                selection.Deliver(Ref, Sender);
                break;
            default:
                _actor.Handle(_behavior ?? ActorBase.OwnReceive, message);
                break;
        }
    }

    public void Stop() => Ref.PostSystem(new Terminate());
}
