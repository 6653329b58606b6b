using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers;

/// <summary>
/// The generic driver of what the firmware left on the screen (EFI-GOP, VESA, simple framebuffers): it owns the picture's range, and gives way to
/// the native driver when that asks.
/// <code>acquiring --range free--> showing --UnplugDevice--> stopped
/// acquiring --EBUSY--> stopped</code>
/// </summary>
internal sealed class FirmwareFramebufferActor : DrmActor
{
    private readonly string _board;
    private readonly FirmwareFramebuffer _framebuffer;
    private readonly IActorRef _aperture;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private FirmwareFramebufferActor(string board, FirmwareFramebuffer framebuffer, IActorRef aperture)
    {
        _board = board;
        _framebuffer = framebuffer;
        _aperture = aperture;
    }

    public static Props Props(string board, FirmwareFramebuffer framebuffer, IActorRef aperture) =>
        ActorProps.Of(() => new FirmwareFramebufferActor(board, framebuffer, aperture));

    protected override void PreStart() =>
        _aperture.Tell(new AcquireAperture(new ApertureRange(_board, _framebuffer.Address, _framebuffer.Size), Self));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ApertureAcquired acquired:
                _log.Info("{0}: {1} at 0x{2:x}: {3}", _board, _framebuffer.Owner, _framebuffer.Address, Outcome(acquired.Errno));
                Context.Parent.Tell(new FirmwareStarted(_board, acquired.Errno));
                if (acquired.Errno != Errno.None)
                    Context.Stop(Self);
                break;
            case UnplugDevice:
                _log.Info("{0}: {1} gives way", _board, _framebuffer.Owner);
                Sender.Tell(new DeviceStep(UnplugDevice.Instance, Errno.None));
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static string Outcome(Errno errno) => errno == Errno.None ? "shows the firmware's picture" : errno.ToString();
}
