using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

// Handles, mappings, and the buffers under framebuffers.
internal sealed partial class DrmFile
{
    private readonly HandleTable _handles = new();
    private readonly Dictionary<ulong, GemReference> _mappings = [];
    private ulong _lastMapping;

    private Holder HandleHolder => new(HolderKind.File, Id);

    private Holder MappingHolder => new(HolderKind.Mapping, Id);

    private Holder FramebufferHolder => new(HolderKind.Framebuffer, Id);

    private void CreateDumb(ModeCreateDumb create)
    {
        if (_view.Driver.DumbCreate is not { } layOut)
        {
            Sender.Tell(Reply<DumbBuffer>.Failed(Errno.ENOSYS));
            return;
        }

        var layout = layOut(create.Width, create.Height, create.Bpp);
        if (layout.Errno != Errno.None)
        {
            Sender.Tell(Reply<DumbBuffer>.Failed(layout.Errno));
            return;
        }

        var handle = _handles.Reserve();
        var reply = Reply<DumbBuffer>.Success(new DumbBuffer(handle, layout.Pitch, layout.Size));
        _view.Gem.Forward(new CreateObject(HandleHolder, (long)layout.Size, ArenaBacking.Shared, Self, handle, create, reply));
    }

    private void CloseHandle(GemHandle handle, uint pad)
    {
        if (pad == 0 && _handles.Remove(handle) is { } reference)
        {
            _prime.Remove(handle);
            reference.Object.Forward(new DropReference(HandleHolder, Done.Ok));
            return;
        }

        Sender.Tell(Reply<Done>.Failed(Errno.EINVAL));
    }

    private void MapDumb(ModeMapDumb map)
    {
        // What is another device's is mapped by its dma-buf.
        if (_handles.Find(map.Handle) is { Import: null } reference)
            _view.Gem.Forward(new GetMapOffset(reference.Id));
        else
            Sender.Tell(Reply<MapOffset>.Failed(_handles.Find(map.Handle) is null ? Errno.ENOENT : Errno.EINVAL));
    }

    private void Map(Mmap map) => _view.Gem.Tell(new MapAt(HandleHolder, ++_lastMapping, map, Sender));

    private void FinishMap(ObjectMapped mapped)
    {
        if (mapped.Errno != Errno.None)
        {
            mapped.Caller.Tell(Reply<MmapRegion>.Failed(mapped.Errno));
            return;
        }

        var reference = mapped.Object!;
        if (_self.Closed && _mappings.Count == 0)
        {
            reference.Object.Tell(new DropReference(MappingHolder, Reply<MmapRegion>.Failed(Errno.EBADF)), mapped.Caller);
            return;
        }

        _mappings.Add(mapped.MappingId, reference);
        mapped.Caller.Tell(Reply<MmapRegion>.Success(
            new MmapRegion(mapped.MappingId, reference.Block.Offset, reference.Block.Length, reference.Block.Stamp)));
    }

    private void Unmap(Munmap unmap)
    {
        if (!_mappings.Remove(unmap.MappingId, out var reference))
        {
            Sender.Tell(Reply<Done>.Failed(Errno.EINVAL));
            return;
        }

        if (!_self.Closed || _mappings.Count > 0)
        {
            reference.Object.Forward(new DropReference(MappingHolder, Done.Ok));
            return;
        }

        // The last mapping of a closed file: with it goes the file, and the caller waits for that.
        reference.Object.Tell(new DropReference(MappingHolder));
        _fences.EndAll();
        NoteImports();
        _view.Device.Forward(new FileClosing(Id));
    }

    private void DropMappings()
    {
        foreach (var reference in _mappings.Values)
            reference.Object.Tell(new DropReference(MappingHolder));
        _mappings.Clear();
    }

    private void AddFramebuffer(ModeAddFb2 add)
    {
        var errno = MakeFramebuffer(add, out var framebuffer, out var references);
        if (errno == Errno.None)
            _view.Device.Forward(new FileCall(Id, Self, new PublishFramebuffer(framebuffer!, references)));
        else
            Sender.Tell(Reply<FramebufferAdded>.Failed(errno));
    }

    private void ShowCursor(ModeCursor2 call)
    {
        Framebuffer? framebuffer = null;
        ImmutableArray<GemReference> references = [];
        var errno = CursorCheck.Check(_view.State, call);
        if (errno == Errno.None && CursorCheck.Framebuffer(call) is { } add)
            errno = MakeFramebuffer(add, out framebuffer, out references);
        if (errno == Errno.None)
            ToDevice(new ShowCursor(call, framebuffer is null ? null : framebuffer with { Owner = 0, IsLoose = true }, references), wantsEvent: false);
        else
            Sender.Tell(Reply<Done>.Failed(errno));
    }

    private Errno MakeFramebuffer(ModeAddFb2 add, out Framebuffer? framebuffer, out ImmutableArray<GemReference> references)
    {
        framebuffer = null;
        references = [];
        ImmutableArray<FramebufferBuffer> buffers = [];
        var errno = FramebufferCheck.Check(_view.State.Config, add, out var format);
        if (errno == Errno.None)
            errno = FindBuffers(add, format!, out references, out buffers);
        if (errno != Errno.None)
            return errno;
        // Taken here, before anything else of this file can close the handle.
        foreach (var reference in references)
            reference.Object.Tell(new AddReference(FramebufferHolder));
        framebuffer = new Framebuffer(
            default, Id, add.Width, add.Height, format!.Code, add.Planes[0].Modifier, add.Flags, buffers);
        return Errno.None;
    }

    private Errno FindBuffers(
        ModeAddFb2 add,
        FormatInfo format,
        out ImmutableArray<GemReference> references,
        out ImmutableArray<FramebufferBuffer> buffers)
    {
        var foundReferences = ImmutableArray.CreateBuilder<GemReference>(format.Planes.Length);
        var foundBuffers = ImmutableArray.CreateBuilder<FramebufferBuffer>(format.Planes.Length);
        (references, buffers) = ([], []);
        for (var i = 0; i < format.Planes.Length; i++)
        {
            var plane = add.Planes[i];
            if (_handles.Find(plane.Handle) is not { } reference)
                return Errno.ENOENT;
            // No further than it can be read from here.
            if (!FramebufferCheck.Fits(add, format, i, Math.Min(reference.Block.Length, Arena.LargestSpan)))
            {
                if (_view.Driver.Planted == PlantedBug.ReferenceKeptByFailedAddFb)
                    reference.Object.Tell(new AddReference(FramebufferHolder));
                return Errno.EINVAL;
            }

            foundReferences.Add(reference);
            foundBuffers.Add(new FramebufferBuffer(reference.Id, reference.Block, plane.Pitch, plane.Offset));
        }

        (references, buffers) = (foundReferences.MoveToImmutable(), foundBuffers.MoveToImmutable());
        return Errno.None;
    }
}
