using Akka.Actor;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

// PRIME: handles become descriptors of dma-bufs, and these handles.
internal sealed partial class DrmFile
{
    private const PrimeFlags KnownPrimeFlags = PrimeFlags.CloseOnExec | PrimeFlags.ReadWrite;

    private const int MostUnnoted = 64;

    private readonly PrimeHandles _prime = new();

    // Objects that this file has imported, whose GEM core does not know it yet.
    private readonly List<ulong> _unnoted = [];

    // Handles that are set aside for what is being imported from other devices.
    private readonly Dictionary<GemHandle, Import> _imports = [];

    private void Export(PrimeHandleToFd export)
    {
        var descriptor = Descriptor.None;
        var errno = (export.Flags & ~KnownPrimeFlags) != PrimeFlags.None ? Errno.EINVAL : Export(export, out descriptor);
        Sender.Tell(errno == Errno.None ? export.Answer(descriptor) : Reply<PrimeExported>.Failed(errno));
    }

    private Errno Export(PrimeHandleToFd export, out Descriptor descriptor)
    {
        descriptor = Descriptor.None;
        if (_handles.Find(export.Handle) is not { } reference)
            return Errno.ENOENT;
        var buffer = reference.Import ?? _prime.Find(export.Handle);
        descriptor = buffer is null ? Descriptor.None : _view.Descriptors.Add(buffer);
        if (descriptor.IsNone)
        {
            var errno = reference.Status.Exports.Export(reference, export.Flags.HasFlag(PrimeFlags.ReadWrite), out buffer);
            if (errno != Errno.None)
                return errno;
            descriptor = _view.Descriptors.Add(buffer!);
        }

        // One that has ended by now had an object that died.
        if (descriptor.IsNone)
            return Errno.ENODEV;
        _prime.Add(export.Handle, buffer!);
        return Errno.None;
    }

    private void ImportBuffer(PrimeFdToHandle import)
    {
        var errno = DmaBuf.Find(_view.Descriptors, import.Descriptor, out var buffer);
        if (errno != Errno.None)
        {
            Sender.Tell(Reply<PrimeImported>.Failed(errno));
            return;
        }

        if (_prime.Find(buffer!) is { IsNone: false } known)
        {
            // Before whoever lent it hears: that then is the last to hold it.
            buffer!.Drop();
            Sender.Tell(Imported(known));
        }
        else if (buffer!.IsOf(_view.Gem))
        {
            ImportOwn(buffer);
        }
        else
        {
            ImportForeign(buffer);
        }
    }

    // The object need not be asked: what is held cannot refuse, unless it dies.
    private void ImportOwn(DmaBuf buffer)
    {
        var exporter = buffer.Exporter;
        var errno = buffer.IsLost ? Errno.ENODEV : _view.Driver.GemOpenObject(Id, exporter.Id);
        if (errno == Errno.None)
        {
            errno = exporter.Status.Exports.Import(Id, buffer);
            if (errno != Errno.None)
                _view.Driver.GemCloseObject(Id, exporter.Id);
        }

        if (errno != Errno.None)
        {
            buffer.Drop();
            Sender.Tell(Reply<PrimeImported>.Failed(errno));
            return;
        }

        var handle = _handles.Add(exporter);
        _prime.Add(handle, buffer);
        Sender.Tell(Imported(handle));
        _unnoted.Add(exporter.Id);
        if (_unnoted.Count == MostUnnoted)
            NoteImports();
    }

    // Another device has to attach. Held until that has been done.
    private void ImportForeign(DmaBuf buffer)
    {
        if (_imports.Values.FirstOrDefault(i => i.Buffer == buffer) is { } underWay)
        {
            underWay.Callers.Add(Sender);
            buffer.Drop();
            return;
        }

        var handle = _handles.Reserve();
        _imports.Add(handle, new Import(buffer, [Sender]));
        _view.Gem.Tell(new ImportObject(HandleHolder, handle, buffer));
    }

    // The GEM core drops what a file holds when that goes. Of what the file has imported by itself it learns by and by, and before it is asked to.
    private void NoteImports()
    {
        if (_unnoted.Count == 0)
            return;
        _view.Gem.Tell(new NoteSharers(Id, [.. _unnoted]));
        _unnoted.Clear();
    }

    private bool TryFinishImport(HandleOpened opened)
    {
        if (!_imports.Remove(opened.Handle, out var import))
            return false;
        _handles.Set(opened.Handle, opened.Object);
        if (opened.Object is not null)
            _prime.Add(opened.Handle, import.Buffer);
        var reply = opened.Object is null ? Reply<PrimeImported>.Failed(opened.Errno) : Imported(opened.Handle);
        import.Buffer.Drop();
        foreach (var caller in import.Callers)
            caller.Tell(reply);
        return true;
    }

    private void FailImports(Errno errno)
    {
        foreach (var import in _imports.Values)
        {
            import.Buffer.Drop();
            foreach (var caller in import.Callers)
                caller.Tell(Reply<PrimeImported>.Failed(errno));
        }

        _imports.Clear();
    }

    private static Reply<PrimeImported> Imported(GemHandle handle) => Reply<PrimeImported>.Success(new PrimeImported(handle));

    /// <param name="Callers">Those who want the handle: bounded by the client's own threads, each of which waits in one call.</param>
    private sealed record Import(DmaBuf Buffer, List<IActorRef> Callers);
}
