using System.Runtime.InteropServices;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

// MODE_ATOMIC.
internal sealed partial class RealClient
{
    private void Atomic(AtomicCall call)
    {
        var cap = new drm_set_client_cap { capability = (ulong)ClientCapability.Atomic, value = 1 };
        _calls.Ioctl("SET_CLIENT_CAP", ref cap);
        var (crtc, connector, plane) = (At(_crtcs, call.Crtc), At(_connectors, call.Connector), At(_planes, call.Plane));
        var framebuffer = _framebuffers.At(call.Slot);
        switch (call.Wish)
        {
            case AtomicWish.Flip:
                Commit(call.Flags, (plane, StandardProperties.FbId, framebuffer?.Id ?? 0));
                break;
            case AtomicWish.Move:
                Commit(call.Flags, Place(plane, crtc, framebuffer, call.Value, Side, Side));
                break;
            case AtomicWish.Light:
                With(framebuffer, f => Light(call, crtc, connector, plane, f));
                break;
            case AtomicWish.Dark:
                Commit(
                    call.Flags, (crtc, StandardProperties.Active, 0), (crtc, StandardProperties.ModeId, 0), (connector, StandardProperties.CrtcId, 0));
                break;
            case AtomicWish.Active:
                Commit(call.Flags, (crtc, StandardProperties.Active, (ulong)(call.Value & 1)));
                break;
            case AtomicWish.Reroute:
                Commit(call.Flags, (connector, StandardProperties.CrtcId, call.Value % 3 == 0 ? 0 : crtc));
                break;
            case AtomicWish.Any:
                var any = StandardProperties.All[(int)((uint)call.Property % (uint)StandardProperties.All.Length)];
                Commit(call.Flags, (AnyObjectOf(call.Plane), any, (ulong)call.Value));
                break;
        }
    }

    private void Light(AtomicCall call, uint crtc, uint connector, uint plane, RealFramebuffer framebuffer)
    {
        var fitting = Array.FindIndex(_modes, m => m.hdisplay <= framebuffer.Width && m.vdisplay <= framebuffer.Height);
        if (fitting < 0)
            return;
        var mode = _modes[fitting];
        Span<drm_mode_modeinfo> bytes = [mode];
        var blob = new drm_mode_create_blob { data = RealCalls.AddressOf(bytes), length = (uint)Marshal.SizeOf<drm_mode_modeinfo>() };
        if (_calls.Ioctl("MODE_CREATEPROPBLOB", ref blob) != Errno.None)
            return;
        Commit(
            call.Flags,
            [
                (connector, StandardProperties.CrtcId, crtc),
                (crtc, StandardProperties.ModeId, blob.blob_id),
                (crtc, StandardProperties.Active, 1),
                .. Place(plane, crtc, framebuffer, 0, mode.hdisplay, mode.vdisplay),
            ]);
        var id = blob.blob_id;
        _calls.Ioctl("MODE_DESTROYPROPBLOB", ref id);
    }

    // An object may come more than once: each value is sent as an object of its own.
    private void Commit(AtomicFlags flags, params (uint Of, Property Property, ulong Value)[] values)
    {
        Span<uint> objects = [.. values.Select(v => v.Of)];
        Span<uint> counts = [.. values.Select(_ => 1u)];
        Span<uint> properties = [.. values.Select(v => v.Property.Id.Value)];
        Span<ulong> numbers = [.. values.Select(v => v.Value)];
        var atomic = new drm_mode_atomic { flags = (uint)flags, count_objs = (uint)values.Length, user_data = ++_lastEvent };
        // SAFETY: the arrays stay where they are until the call is done.
        unsafe
        {
            fixed (uint* of = objects, many = counts, which = properties)
            fixed (ulong* what = numbers)
            {
                (atomic.objs_ptr, atomic.count_props_ptr) = ((ulong)of, (ulong)many);
                (atomic.props_ptr, atomic.prop_values_ptr) = ((ulong)which, (ulong)what);
                Due(_calls.Ioctl("MODE_ATOMIC", ref atomic), flags.HasFlag(AtomicFlags.PageFlipEvent));
            }
        }
    }

    private static (uint Of, Property Property, ulong Value)[] Place(uint plane, uint crtc, RealFramebuffer? framebuffer, int at, uint width, uint height) =>
    [
        (plane, StandardProperties.FbId, framebuffer?.Id ?? 0), (plane, StandardProperties.CrtcId, framebuffer is null ? 0 : crtc),
        (plane, StandardProperties.CrtcX, (ulong)at), (plane, StandardProperties.CrtcY, (ulong)at),
        (plane, StandardProperties.CrtcW, width), (plane, StandardProperties.CrtcH, height),
        (plane, StandardProperties.SrcX, 0), (plane, StandardProperties.SrcY, 0),
        (plane, StandardProperties.SrcW, (ulong)width << 16), (plane, StandardProperties.SrcH, (ulong)height << 16),
    ];
}
