using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>All that a component master is made of.</summary>
internal sealed record MasterSetup(
    BoardDescription Board, DrmDriver Driver, BindFaults Faults, Arena Arena, AlarmClock Clock, IActorRef Aperture);

/// <summary>
/// The aggregate device of a board (/master-NAME). It starts the components, binds when all are there that the match list names, and unbinds
/// when one leaves.
/// <code>gathering --last component--> binding --12 steps--> bound --a component or the device dies, UnbindBoard--> unbinding
/// binding --failure, a death, UnbindBoard--> unbinding --all undone--> stopped
/// gathering --a component dies, UnbindBoard--> stopped</code>
/// </summary>
internal sealed class ComponentMaster : DrmActor, IBindObserver
{
    private readonly MasterSetup _setup;
    private readonly BoardBind _bind;
    private readonly BindSequence _sequence;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _isStarted;
    private bool _isReported;

    private ComponentMaster(MasterSetup setup)
    {
        _setup = setup;
        _bind = new BoardBind(setup.Board, setup.Driver, setup.Faults, Context.Parent, setup.Aperture);
        _sequence = new BindSequence(_bind.Steps, setup.Faults, this);
    }

    private string Board => _setup.Board.Name;

    public static Props Props(MasterSetup setup) => ActorProps.Of(() => new ComponentMaster(setup));

    protected override SupervisorStrategy SupervisorStrategy() => SupervisionPolicy.OfMaster;

    protected override void PreStart()
    {
        foreach (var component in _setup.Board.Components)
        {
            var props = _setup.Driver.ComponentProps(new ComponentSetup(_setup.Board, component, _setup.Arena, _setup.Clock));
            Context.Watch(Context.ActorOf(props, component.Name));
        }

        // Nobody to wait for.
        if (_setup.Board.Components.IsEmpty)
            Begin();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RegisterComponent register:
                Gather(register.Name);
                break;
            case UnbindBoard:
                _sequence.Abort(Errno.ENODEV, "switched off");
                break;
            case Terminated dead when _bind.IsDevice(dead.ActorRef):
                _bind.LoseDevice();
                _sequence.Offer(dead);
                _sequence.Abort(Errno.ENODEV, "the device is gone");
                break;
            case Terminated dead:
                LoseComponent(dead);
                break;
            case DeviceAllocated allocated:
                Context.Watch(allocated.Device);
                _sequence.Offer(allocated);
                break;
            default:
                if (!_sequence.Offer(message))
                    Unhandled(message);
                break;
        }
    }

    private void Gather(string name)
    {
        if (!_bind.Register(name, Sender))
        {
            _log.Warning("{0}: component {1} came twice", Board, name);
            return;
        }

        _log.Debug("{0}: component {1} is there", Board, name);
        if (!_isStarted && _bind.IsComplete)
            Begin();
    }

    private void Begin()
    {
        _isStarted = true;
        _sequence.Start();
    }

    private void LoseComponent(Terminated dead)
    {
        var name = dead.ActorRef.Path.Name;
        _bind.Lose(name);
        _sequence.Offer(dead);
        if (_bind.Matches(name))
            _sequence.Abort(Errno.ENODEV, $"component {name} is gone");
    }

    void IBindObserver.StepBegan(BindStep step) => _log.Info("{0}: {1}/12 {2}", Board, step.Number, step.Name);

    void IBindObserver.StepEnded(BindStep step, Errno errno)
    {
        if (errno == Errno.None)
            _log.Info("{0}: {1}/12 done", Board, step.Number);
        else
            _log.Warning("{0}: {1}/12 failed: {2}", Board, step.Number, errno);
        Context.System.EventStream.Publish(new BindProgress(Board, step.Number, step.Name, errno));
    }

    void IBindObserver.StepUndone(BindStep step)
    {
        _log.Info("{0}: {1}/12 undone", Board, step.Number);
        Context.System.EventStream.Publish(new UnbindProgress(Board, step.Number, step.Name));
    }

    void IBindObserver.Up() => Report(_bind.Minor, Errno.None, "");

    void IBindObserver.Down(Errno errno, string reason)
    {
        _log.Info("{0}: down, {1}", Board, reason);
        Report(-1, errno, reason);
        Context.Stop(Self);
    }

    // Whether the bind came up is told once; that a board which was up is down, the end of this actor tells.
    private void Report(int minor, Errno errno, string reason)
    {
        if (!_isReported)
            Context.Parent.Tell(new BindFinished(Board, minor, errno, reason));
        _isReported = true;
    }
}
