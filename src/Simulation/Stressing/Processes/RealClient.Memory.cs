using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

internal sealed record RealBuffer(uint Handle, uint Width, uint Height, uint Bpp, uint Pitch, ulong Size);

internal sealed record RealMapping(nint Address, ulong Length, ulong Offset);

// Buffers, names and mappings.
internal sealed partial class RealClient
{
    private const ulong Page = 4096;
    private const uint Depth = 32;

    private readonly Slots<RealBuffer> _buffers = new();
    private readonly Slots<RealMapping> _mappings = new();

    private bool RunMemory(WorkloadCall call)
    {
        switch (call)
        {
            case CreateDumbCall create: Create(create.Width, create.Height, create.Bpp); break;
            case CreateForModeCall create: With(SmallMode(create.Mode), mode => Create(mode.hdisplay, mode.vdisplay, Depth)); break;
            case DestroyDumbCall destroy: With(_buffers.At(destroy.Slot), buffer => Destroy(buffer)); break;
            case GemCloseCall close: With(_buffers.At(close.Slot), buffer => Close(buffer.Handle, 0, buffer)); break;
            case GemCloseAnyCall close: Close(close.Handle, close.Handle + 1, null); break;
            case MapCall map: With(_buffers.At(map.Slot), buffer => Map(buffer, 0)); break;
            case MapTooLongCall map: With(_buffers.At(map.Slot), buffer => Map(buffer, Page)); break;
            case MapAgainCall map: With(_mappings.At(map.Slot), mapping => MapAt(mapping.Offset, mapping.Length)); break;
            case TouchCall touch: With(_mappings.At(touch.Slot), mapping => RealCalls.Touch(mapping.Address, mapping.Length)); break;
            case UnmapCall unmap: With(_mappings.At(unmap.Slot), mapping => Unmap(mapping)); break;
            case FlinkCall flink: With(_buffers.At(flink.Slot), buffer => Flink(buffer)); break;
            case GemOpenCall open: OpenName((uint)(open.Slot % Guesses) + 1); break;
            case GemOpenAnyCall open: OpenName(open.Name); break;
            default: return false;
        }

        return true;
    }

    private RealBuffer? Create(uint width, uint height, uint bpp)
    {
        var create = new drm_mode_create_dumb { width = width, height = height, bpp = bpp };
        if (_calls.Ioctl("MODE_CREATE_DUMB", ref create) != Errno.None)
            return null;
        var buffer = new RealBuffer(create.handle, width, height, bpp, create.pitch, create.size);
        _buffers.Add(buffer);
        return buffer;
    }

    private void Destroy(RealBuffer buffer)
    {
        var destroy = new drm_mode_destroy_dumb { handle = buffer.Handle };
        _buffers.Remove(buffer);
        _calls.Ioctl("MODE_DESTROY_DUMB", ref destroy);
    }

    private void Close(uint handle, uint pad, RealBuffer? buffer)
    {
        var close = new drm_gem_close { handle = handle, pad = pad };
        if (buffer is not null)
            _buffers.Remove(buffer);
        _calls.Ioctl("GEM_CLOSE", ref close);
    }

    private void Map(RealBuffer buffer, ulong extra)
    {
        var map = new drm_mode_map_dumb { handle = buffer.Handle };
        if (_calls.Ioctl("MODE_MAP_DUMB", ref map) == Errno.None)
            MapAt(map.offset, buffer.Size + extra);
    }

    private void MapAt(ulong offset, ulong length)
    {
        if (_calls.Map(offset, length, out var address) != Errno.None)
            return;
        _mappings.Add(new RealMapping(address, length, offset));
        RealCalls.Touch(address, length);
    }

    private void Unmap(RealMapping mapping)
    {
        _mappings.Remove(mapping);
        _calls.Unmap(mapping.Address, mapping.Length);
    }

    private void Flink(RealBuffer buffer)
    {
        var flink = new drm_gem_flink { handle = buffer.Handle };
        _calls.Ioctl("GEM_FLINK", ref flink);
    }

    private void OpenName(uint name)
    {
        const uint Width = 16;
        const uint Pitch = Width * Depth / 8;
        var open = new drm_gem_open { name = name };
        if (_calls.Ioctl("GEM_OPEN", ref open) == Errno.None)
            _buffers.Add(new RealBuffer(open.handle, Width, (uint)open.size / Pitch, Depth, Pitch, open.size));
    }
}
