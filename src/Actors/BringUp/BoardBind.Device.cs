using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

// The steps that the device does. One that is dead has nothing to undo.
internal sealed partial class BoardBind
{
    private bool _isDeviceGone;
    private bool _isUnplugged;

    public bool IsDevice(IActorRef actor) => actor.Equals(_allocated?.Device);

    public void LoseDevice() => _isDeviceGone = true;

    private Progress AllocateDevice()
    {
        supervisor.Tell(new AllocateDevice(board.Name));
        return Progress.Until(message =>
        {
            if (message is not DeviceAllocated allocated)
                return null;
            _allocated = allocated;
            return Progress.Done;
        });
    }

    private Progress PutDevice() => Unplug().Then(_ =>
    {
        supervisor.Tell(new PutDevice(_allocated!.Minor));
        return Progress.Until(message => message is DevicePut ? Progress.Done : null);
    });

    private Progress ResetModeConfig() => TellDevice(new InstallModeConfig(
        KmsState.Reset(_config!),
        _pipes,
        [.. _config!.Connectors.Select(connector => BoundAs(b => b.Connector == connector.Id))]));

    private Progress StartPolling() => TellDevice(Protocol.StartPolling.Instance);

    private Progress StopPolling() => TellDevice(Protocol.StopPolling.Instance);

    private Progress Register() => TellDevice(RegisterDevice.Instance).Then(errno =>
    {
        if (errno == Errno.None)
            supervisor.Tell(new AnnounceDevice(Minor));
        return Progress.Ended(errno);
    });

    private Progress Unregister()
    {
        supervisor.Tell(new WithdrawDevice(Minor));
        return Unplug();
    }

    private Progress SetUpConsole() => board.FbdevConsole ? TellDevice(StartConsole.Instance) : Progress.Done;

    // Before the device is let go in any case, whether anybody could open it or not: only then does it give back what it holds.
    private Progress Unplug()
    {
        if (_isUnplugged)
            return Progress.Done;
        _isUnplugged = true;
        return TellDevice(UnplugDevice.Instance);
    }

    private Progress TellDevice(object request)
    {
        if (_isDeviceGone)
            return Progress.Ended(Errno.ENODEV);
        var device = _allocated!.Device;
        device.Tell(request);
        return Progress.Until(message => message switch
        {
            DeviceStep step when step.Request.Equals(request) => Progress.Ended(step.Errno),
            Terminated dead when dead.ActorRef.Equals(device) => Progress.Ended(Errno.ENODEV),
            _ => null,
        });
    }
}
