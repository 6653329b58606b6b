using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// The fbdev console: a framebuffer of the kernel's own, as large as what is connected when it is made. It is lit when the device comes up, again at
// the last close, and anew where monitors come and go while nobody is master; what comes later than it is shown by a mode that fits.
internal sealed partial class DrmDevice
{
    private const uint ConsoleBpp = 32;

    private static readonly Holder ConsoleHolder = new(HolderKind.Console, 0);

    private bool _hasConsole;
    private bool _isConsoleComing;
    private FramebufferId _consoleFramebuffer;
    private IActorRef _consoleStarter = ActorRefs.Nobody;
    private ModeCreateDumb _consoleSize = new(0, 0, ConsoleBpp);
    private GemReference? _consoleBuffer;

    private void StartConsoleFor(IActorRef starter)
    {
        _hasConsole = true;
        _consoleStarter = starter;
        CreateConsole();
    }

    // Without a monitor it waits for the first.
    private void CreateConsole()
    {
        var plan = ConsoleLayout.Plan(_view.State);
        if (plan.IsEmpty || _setup.Driver.DumbCreate is not { } layOut)
        {
            FinishConsole(Errno.None);
            return;
        }

        var width = plan.Max(c => (uint)c.Mode!.HDisplay);
        var height = plan.Max(c => (uint)c.Mode!.VDisplay);
        var layout = layOut(width, height, ConsoleBpp);
        _consoleSize = new ModeCreateDumb(width, height, ConsoleBpp);
        _isConsoleComing = layout.Errno == Errno.None;
        // Whoever may have a handle of it may map it, and a bridge begins to serve when it is there.
        if (_isConsoleComing)
            _view.Gem.Tell(new CreateObject(ConsoleHolder, (long)layout.Size, ArenaBacking.Own, Self, default, _consoleSize, Done.Ok), ActorRefs.Nobody);
        else
            FinishConsole(layout.Errno);
    }

    // After every probe that found something else. A master decides by itself what to do, and the console follows when it is gone.
    private void FollowMonitors()
    {
        if (!_hasConsole || _view.Master != 0 || _view.Gone || _isLastClosing)
            return;
        if (_consoleBuffer is null && !_isConsoleComing)
            CreateConsole();
        else
            RestoreConsole(() => { });
    }

    private void LightConsole(ObjectCreated created)
    {
        _isConsoleComing = false;
        if (created.Object is not { } buffer)
        {
            FinishConsole(created.Errno);
            return;
        }

        if (_view.Gone)
        {
            buffer.Object.Tell(new DropReference(ConsoleHolder));
            FinishConsole(Errno.ENODEV);
            return;
        }

        _consoleBuffer = buffer;
        var size = _consoleSize;
        var layout = _setup.Driver.DumbCreate!(size.Width, size.Height, size.Bpp);
        var framebuffer = new Framebuffer(
            default, Owner: 0, size.Width, size.Height, Fourcc.Xrgb8888, 0, FramebufferFlags.None,
            [new FramebufferBuffer(buffer.Id, buffer.Block, layout.Pitch, 0)]);
        _view.State = _view.State.Add(framebuffer, out _consoleFramebuffer);
        // A client that was faster keeps its picture; the console comes at the last close.
        if (_view.Master == 0)
            RestoreConsole(() => { });
        FinishConsole(Errno.None);
    }

    // Answers once.
    private void FinishConsole(Errno errno)
    {
        _consoleStarter.Tell(new DeviceStep(StartConsole.Instance, errno));
        _consoleStarter = ActorRefs.Nobody;
    }

    private void RestoreConsole(Action done)
    {
        if (_consoleBuffer is null || _view.Gone)
        {
            done();
            return;
        }

        if (_view.State.Config.Crtcs.Any(c => _commits.IsBusy(c.Index)))
        {
            _commits.WaitBehind(new(() => RestoreConsole(done)));
            return;
        }

        var next = StateChanges.Dark(_view.State);
        foreach (var set in ConsoleLayout.Plan(_view.State, _consoleFramebuffer, _consoleSize.Width, _consoleSize.Height))
        {
            var draft = new CommitDraft(next);
            if (SetCrtcCheck.Build(draft, set) == Errno.None)
                next = draft.Build();
        }

        var crtcs = StateChanges.Between(_view.State, next);
        var left = StateChanges.LeftBehind(_view.State, next);
        _view.State = next;
        LeaveWhatIsDark();
        _commits.Block(next, crtcs, () => RemoveFramebuffers(left, done));
    }

    private void DropConsole()
    {
        if (_consoleBuffer is not { } buffer)
            return;
        _consoleBuffer = null;
        _view.State = _view.State.Remove(_consoleFramebuffer);
        buffer.Object.Tell(new DropReference(ConsoleHolder));
    }
}
