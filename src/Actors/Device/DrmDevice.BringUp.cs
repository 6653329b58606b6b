using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// What its component master has it do, from the mode configuration to the unplugging.
internal sealed partial class DrmDevice
{
    private bool OnBringUp(object message)
    {
        switch (message)
        {
            case InstallModeConfig install:
                _view.Pipes = install.Pipes;
                _view.State = install.State;
                _view.Features = FeaturesOf(install);
                _sockets = install.Sockets;
                _commits.SetPipes(install.Pipes);
                foreach (var component in install.Pipes.Concat(install.Sockets))
                    Context.Watch(component);
                break;
            case StartPolling:
                StartPollingConnectors();
                return true;
            case StopPolling:
                _polling = false;
                break;
            case RegisterDevice:
                _registered = true;
                break;
            case StartConsole:
                StartConsoleFor(Sender);
                return true;
            case UnplugDevice:
                Unplug();
                return true;
            case KillFiles:
                // Their deaths are watched: what follows is the same as for a client that is killed.
                foreach (var file in _files.Values)
                    Context.Stop(file.Ref);
                return true;
            case PipeSilent silent:
                Hush(_view.State.Config.Find(silent.Crtc)!.Index);
                return true;
            default:
                return false;
        }

        Sender.Tell(new DeviceStep(message, Errno.None));
        return true;
    }

    // Vblanks exist once there are CRTCs to have them.
    private DriverFeatures FeaturesOf(InstallModeConfig install) =>
        _setup.Driver.Features
        | (_setup.Driver.DumbCreate is null ? DriverFeatures.None : DriverFeatures.DumbBuffers)
        | (install.Pipes.IsEmpty || !_setup.Driver.HasVblank ? DriverFeatures.None : DriverFeatures.Vblank);

    private void Unplug()
    {
        _unplugAskers.Add(Sender);
        if (_view.Gone)
        {
            AnswerUnplug();
            return;
        }

        _registered = false;
        _polling = false;
        _view.Gone = true;
        foreach (var file in _files.Values)
            file.Ref.Tell(DeviceGone.Instance);
        FailProbes(_ => true);
        _commits.RetryAll();
        for (var i = 0; i < _view.Pipes.Length; i++)
        {
            if (_lostPipes.Contains(i))
                continue;
            _loudPipes.Add(i);
            _view.Pipes[i].Tell(SilencePipe.Instance);
        }

        AnswerUnplug();
    }

    private void Hush(int index)
    {
        if (_loudPipes.Remove(index))
            AnswerUnplug();
    }

    private void AnswerUnplug()
    {
        if (_loudPipes.Count > 0)
            return;
        if (_view.HasState)
        {
            var lit = _view.State;
            _view.State = StateChanges.Dark(lit);
            RemoveFramebuffers(StateChanges.LeftBehind(lit, _view.State), () => { });
        }

        DropConsole();
        foreach (var asker in _unplugAskers)
            asker.Tell(new DeviceStep(UnplugDevice.Instance, Errno.None));
        _unplugAskers.Clear();
        ReleaseIfUnused();
    }

    // The device lives while a file is open on it.
    private void ReleaseIfUnused()
    {
        if (!_view.Gone || _loudPipes.Count > 0 || _files.Count > 0)
            return;
        _setup.Driver.Release();
        Context.Parent.Tell(new DeviceReleased(_setup.Minor));
        Context.Stop(Self);
    }

    // A display controller that died shows nothing, so nobody waits for it. Its component master unplugs the device.
    private void LosePipe(int index)
    {
        if (!_lostPipes.Add(index))
            return;
        _commits.Lose(index);
        Hush(index);
    }
}
