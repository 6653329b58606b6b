using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>A device that says on the trail what it is told, and does it. It ends when unplugged, unless somebody has it open.</summary>
internal sealed class StubDevice : UntypedActor
{
    private readonly DeviceSetup _setup;
    private readonly IActorRef _trail;
    private bool _isOpen;
    private bool _isUnplugged;

    private StubDevice(DeviceSetup setup, IActorRef trail)
    {
        _setup = setup;
        _trail = trail;
    }

    public static Props Props(DeviceSetup setup, IActorRef trail) => ActorProps.Of(() => new StubDevice(setup, trail));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OpenCard:
                _isOpen = true;
                Sender.Tell(Reply<CardOpened>.Success(new CardOpened(Self, 1, null!)));
                break;
            case CloseFile:
                _isOpen = false;
                Sender.Tell(Done.Ok);
                ReleaseIfUnused();
                break;
            case KillFiles:
                _isOpen = false;
                ReleaseIfUnused();
                break;
            case StubComponent.Crash:
                throw new InvalidOperationException("told to");
            default:
                if (message is InstallModeConfig install && _setup.Driver is StubDriver driver)
                    driver.NoteInstalled(install);
                _trail.Tell(message.GetType().Name);
                Sender.Tell(new DeviceStep(message, Errno.None));
                _isUnplugged |= message is UnplugDevice;
                ReleaseIfUnused();
                break;
        }
    }

    private void ReleaseIfUnused()
    {
        if (!_isUnplugged || _isOpen)
            return;
        Context.Parent.Tell(new DeviceReleased(_setup.Minor));
        Context.Stop(Self);
    }
}
