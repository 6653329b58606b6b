using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// The fbdev console: a framebuffer of the kernel's own, lit when the device comes up and again at the last close.
internal sealed partial class DrmDevice
{
    private const uint ConsoleBpp = 32;

    private static readonly Holder ConsoleHolder = new(HolderKind.Console, 0);

    // What the console lights; empty without a connected monitor.
    private ImmutableArray<ModeSetCrtc> _console = [];
    private IActorRef _consoleStarter = ActorRefs.Nobody;
    private ModeCreateDumb _consoleSize = new(0, 0, ConsoleBpp);
    private GemReference? _consoleBuffer;

    private void CreateConsole()
    {
        _consoleStarter = Sender;
        _console = ConsoleLayout.Plan(_view.State);
        if (_console.IsEmpty || _setup.Driver.DumbCreate is not { } layOut)
        {
            _console = [];
            FinishConsole(Errno.None);
            return;
        }

        var width = _console.Max(c => (uint)c.Mode!.HDisplay);
        var height = _console.Max(c => (uint)c.Mode!.VDisplay);
        var layout = layOut(width, height, ConsoleBpp);
        _consoleSize = new ModeCreateDumb(width, height, ConsoleBpp);
        if (layout.Errno == Errno.None)
            _view.Gem.Tell(new CreateObject(ConsoleHolder, (long)layout.Size, ArenaBacking.Shared, Self, default, _consoleSize, Done.Ok), ActorRefs.Nobody);
        else
            FinishConsole(layout.Errno);
    }

    private void LightConsole(ObjectCreated created)
    {
        if (created.Object is not { } buffer)
        {
            _console = [];
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
        _view.State = _view.State.Add(framebuffer, out var id);
        _console = [.. _console.Select(c => c with { Framebuffer = id })];
        // A client that was faster keeps its picture; the console comes at the last close.
        if (_files.Count == 0)
            RestoreConsole(() => { });
        FinishConsole(Errno.None);
    }

    private void FinishConsole(Errno errno) => _consoleStarter.Tell(new DeviceStep(StartConsole.Instance, errno));

    private void RestoreConsole(Action done)
    {
        if (_console.IsEmpty || _view.Gone)
        {
            done();
            return;
        }

        if (_view.State.Config.Crtcs.Any(c => _commits.IsBusy(c.Index)))
        {
            _commits.WaitBehind(() => RestoreConsole(done));
            return;
        }

        var next = StateChanges.Dark(_view.State);
        foreach (var set in _console)
        {
            var draft = new CommitDraft(next);
            if (SetCrtcCheck.Build(draft, set) == Errno.None)
                next = draft.Build();
        }

        var crtcs = StateChanges.Between(_view.State, next);
        var left = StateChanges.LeftBehind(_view.State, next);
        _view.State = next;
        _commits.Block(next, crtcs, () => RemoveFramebuffers(left, done));
    }

    private void DropConsole()
    {
        if (_consoleBuffer is not { } buffer)
            return;
        _consoleBuffer = null;
        _view.State = _view.State.Remove(_console[0].Framebuffer);
        _console = [];
        buffer.Object.Tell(new DropReference(ConsoleHolder));
    }
}
