using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

/// <param name="Layout">Of a dma-buf; null for what is none.</param>
internal sealed record RealDescriptor(int Fd, RealBuffer? Layout = null);

// PRIME: buffers as descriptors, which stay when the client goes on to another card.
internal sealed partial class RealClient
{
    // Bounded, as those of fences.
    private const int MostDmaBufs = 64;

    private readonly Slots<RealDescriptor> _descriptors = new();
    private readonly Slots<RealMapping> _views = new();
    private readonly Slots<HeldNumber> _attached = new(most: 4);

    private bool RunDmaBufs(WorkloadCall call)
    {
        switch (call)
        {
            case PrimeExportCall export: With(_buffers.At(export.Slot), buffer => Export(buffer, (uint)export.Flags)); break;
            case PrimeImportCall import: With(_descriptors.At(import.Slot), descriptor => Import(descriptor.Fd, null)); break;
            case PrimeImportAnyCall import: Import(import.Number, null); break;
            case PrimeTogetherCall together: With(_descriptors.At(together.Slot), descriptor => Import(descriptor.Fd, null)); break;
            case TakeDescriptorCall: // what another process has opened, only it could send
                break;
            case CloseDescriptorCall close: With(_descriptors.At(close.Slot), Close); break;
            case MapDmaBufCall map: With(_descriptors.At(map.Slot), View); break;
            case UnmapDmaBufCall unmap: With(_views.At(unmap.Slot), EndView); break;
            case UseDmaBufCall use: With(_descriptors.At(use.Slot), descriptor => Use(descriptor.Fd, (ulong)use.Uses)); break;
            case TakeInCall take: With(_descriptors.At(take.Slot), descriptor => TakeIn(descriptor, take.Keeps)); break;
            case AttachFenceCall attach: With(_buffers.At(attach.Slot), buffer => Attach(buffer, attach.Flags, attach.Keeps)); break;
            case SignalFenceCall signal: With(_attached.At(signal.Slot), fence => Signal(fence.Value)); break;
            default: return false;
        }

        return true;
    }

    private void CloseDmaBufs()
    {
        foreach (var view in _views.TakeAll())
            _calls.Unmap(view.Address, view.Length);
        foreach (var descriptor in _descriptors.TakeAll())
            _calls.Close(descriptor.Fd);
    }

    private void Export(RealBuffer buffer, uint flags)
    {
        var prime = new drm_prime_handle { handle = buffer.Handle, flags = flags, fd = -1 };
        if (_calls.Ioctl("PRIME_HANDLE_TO_FD", ref prime) != Errno.None || prime.fd < 0)
            return;
        if (_descriptors.Count >= MostDmaBufs)
            Close(_descriptors.At(0)!);
        _descriptors.Add(new RealDescriptor(prime.fd, buffer));
    }

    private RealBuffer? Import(int fd, RealBuffer? layout)
    {
        const uint Width = 16;
        const uint Pitch = Width * Depth / 8;
        var prime = new drm_prime_handle { fd = fd };
        if (_calls.Ioctl("PRIME_FD_TO_HANDLE", ref prime) != Errno.None)
            return null;
        if (_buffers.At(0, b => b.Handle == prime.handle) is { } known)
            return known;
        var buffer = layout is null
            ? new RealBuffer(prime.handle, Width, (uint)(Page / Pitch), Depth, Pitch, Page)
            : layout with { Handle = prime.handle };
        _buffers.Add(buffer);
        return buffer;
    }

    private void Close(RealDescriptor descriptor)
    {
        _descriptors.Remove(descriptor);
        _calls.Close(descriptor.Fd);
    }

    private void View(RealDescriptor descriptor)
    {
        if (_views.Count >= MostDmaBufs)
            EndView(_views.At(0)!);
        if (_calls.Map(0, Page, out var address, descriptor.Fd) != Errno.None)
            return;
        _views.Add(new RealMapping(address, Page, 0));
        RealCalls.Touch(address, Page);
    }

    // Once more, whoever has gone since.
    private void EndView(RealMapping view)
    {
        RealCalls.Touch(view.Address, view.Length);
        _views.Remove(view);
        _calls.Unmap(view.Address, view.Length);
    }

    // In use for a moment, by a timeline of this call's own.
    private void Use(int fd, ulong uses)
    {
        if (_calls.OpenOther(SwSync, out var timeline) != Errno.None)
            return;
        var fence = CreateFence(timeline, 1);
        var import = new dma_buf_import_sync_file { flags = (uint)uses, fd = fence };
        _calls.Ioctl("DMA_BUF_IOCTL_IMPORT_SYNC_FILE", ref import, fd);
        var export = new dma_buf_export_sync_file { flags = (uint)DmaBufSyncFlags.Write, fd = -1 };
        if (_calls.Ioctl("DMA_BUF_IOCTL_EXPORT_SYNC_FILE", ref export, fd) == Errno.None)
            _calls.Close(export.fd);
        Advance(timeline, 1);
        if (fence >= 0)
            _calls.Close(fence);
        _calls.Close(timeline);
    }

    private void TakeIn(RealDescriptor descriptor, bool keeps)
    {
        if (Import(descriptor.Fd, descriptor.Layout) is not { } buffer)
            return;
        AddFb(buffer);
        if (!keeps)
            Close(buffer.Handle, 0, buffer);
    }

    private void Attach(RealBuffer buffer, uint flags, bool keeps)
    {
        var attach = new vgem_fence_attach { handle = buffer.Handle, flags = flags };
        if (_calls.Ioctl("VGEM_FENCE_ATTACH", ref attach) != Errno.None)
            return;
        if (keeps)
            _attached.Add(new HeldNumber(attach.out_fence));
        else
            Signal(attach.out_fence);
    }

    private void Signal(uint fence)
    {
        var signal = new vgem_fence_signal { fence = fence };
        _calls.Ioctl("VGEM_FENCE_SIGNAL", ref signal);
    }
}
