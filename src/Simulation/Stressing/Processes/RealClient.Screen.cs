using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

internal sealed record RealFramebuffer(uint Id, uint Width, uint Height);

internal sealed record RealLease(uint Lessee, uint Fd);

// Framebuffers, what is shown, events, and leases.
internal sealed partial class RealClient
{
    private const uint OpaqueDepth = 24;
    private const uint Side = 32;
    private const uint CursorSide = 64;
    private const uint AnyObject = 0;
    private const int MostGamma = 4096;

    private readonly Slots<RealFramebuffer> _framebuffers = new();
    private readonly Slots<HeldNumber> _blobs = new();
    private readonly Slots<RealLease> _leases = new();
    private (uint Crtc, RealFramebuffer? Shown) _lit;
    private int _eventsDue;

    private bool RunScreen(WorkloadCall call)
    {
        switch (call)
        {
            case AddFbCall add: With(_buffers.At(add.Slot), buffer => AddFb(buffer)); break;
            case AddFb2Call add: With(_buffers.At(add.Slot), buffer => AddFb2(buffer, add.Format, add.Grow)); break;
            case RmFbCall rm: With(_framebuffers.At(rm.Slot), fb => RmFb(fb)); break;
            case CloseFbCall close: With(_framebuffers.At(close.Slot), fb => CloseFb(fb)); break;
            case RmFbAnyCall rm: RmFb(new RealFramebuffer((uint)rm.Slot, 0, 0)); break;
            case GetFbCall get: With(_framebuffers.At(get.Slot), fb => GetFb(fb)); break;
            case GetFb2Call get: With(_framebuffers.At(get.Slot), fb => GetFb2(fb)); break;
            case DirtyFbCall dirty: With(_framebuffers.At(dirty.Slot), fb => Dirty(fb)); break;
            case ShowCall show: With(SmallMode(show.Mode), mode => Show(show, mode)); break;
            case SetCrtcCall set: With(_framebuffers.At(set.Slot), fb => SetCrtc(At(_crtcs, set.Crtc), At(_connectors, set.Connector), fb, ModeFor(set, fb))); break;
            case CrtcOffCall off: SetCrtc(At(_crtcs, off.Crtc), 0, null, null); break;
            case PageFlipCall flip: With(_framebuffers.At(flip.Slot), fb => Flip(flip, fb)); break;
            case FlipTwiceCall flip: FlipTwice(flip.Slot); break;
            case SetPlaneCall set: SetPlane(set, set.Off ? null : _framebuffers.At(set.Slot)); break;
            case AtomicCall atomic: Atomic(atomic); break;
            case SetCursorCall set: With(_buffers.At(set.Slot), buffer => Cursor(CursorFlags.Bo, set.Crtc, 0, 0, CursorSide, buffer.Handle)); break;
            case MoveCursorCall move: Cursor(CursorFlags.Move, move.Crtc, move.X, move.Y, 0, 0); break;
            case HideCursorCall hide: Cursor(CursorFlags.Bo, hide.Crtc, 0, 0, 0, 0); break;
            case SetCursor2Call set: With(_buffers.At(set.Slot), buffer => Cursor2(set, buffer.Handle)); break;
            case GetCrtcCall get: GammaSize(At(_crtcs, get.Crtc)); break;
            case GetGammaCall get: Gamma("MODE_GETGAMMA", At(_crtcs, get.Crtc), get.Fitting, 0); break;
            case SetGammaCall set: Gamma("MODE_SETGAMMA", At(_crtcs, set.Crtc), set.Fitting, set.Value); break;
            case ProbeCall probe: Modes(At(_connectors, probe.Connector), probe.Probe); break;
            case GetResourcesCall: Resources(); break;
            case GetPropertiesCall get: Properties(AnyObjectOf(get.Object)); break;
            case SetPropertyCall set: SetProperty(set); break;
            case SetConnectorPropertyCall set: SetProperty(At(_connectors, set.Connector), set.Property, set.Value); break;
            case GetPropertyCall get: GetProperty(At(Properties(AnyObjectOf(get.Object)), get.Property)); break;
            case GetEncoderCall get: GetEncoder(At(_encoders, get.Slot)); break;
            case GetPlanesCall get: GetPlane(At(_planes, get.Slot)); break;
            case CreateBlobCall create: CreateBlob(create.Bytes); break;
            case GetBlobCall get: With(_blobs.At(get.Slot), blob => GetBlob(blob.Value)); break;
            case DestroyBlobCall destroy: With(_blobs.At(destroy.Slot), blob => DestroyBlob(blob)); break;
            case DestroyBlobAnyCall destroy: DestroyBlob(new HeldNumber((uint)destroy.Slot)); break;
            case ReadEventsCall: ReadEvents(); break;
            case WaitVblankCall wait: WaitVblank(wait.Crtc, wait.Ahead, isEvent: false); break;
            case VblankEventCall wait: WaitVblank(wait.Crtc, wait.Ahead, isEvent: true); break;
            case GetSequenceCall get: GetSequence(At(_crtcs, get.Crtc)); break;
            case QueueSequenceCall queue: QueueSequence(queue); break;
            case LeaseCall lease: Lease(lease); break;
            case UseLeaseCall use: With(_leases.At(use.Slot), lease => UseLease(lease)); break;
            case EndLeaseCall end: With(_leases.At(end.Slot), lease => EndLease(lease)); break;
            case RevokeLeaseCall revoke: With(_leases.At(revoke.Slot), lease => Revoke(lease)); break;
            case ListLesseesCall: ListLessees(); break;
            default: return false;
        }

        return true;
    }

    private RealFramebuffer? AddFb(RealBuffer buffer)
    {
        var add = new drm_mode_fb_cmd
        {
            width = buffer.Width,
            height = buffer.Height,
            pitch = buffer.Pitch,
            bpp = buffer.Bpp,
            depth = Math.Min(buffer.Bpp, OpaqueDepth),
            handle = buffer.Handle,
        };
        return Keep(_calls.Ioctl("MODE_ADDFB", ref add), add.fb_id, buffer);
    }

    private void AddFb2(RealBuffer buffer, uint format, uint grow)
    {
        var add = new drm_mode_fb_cmd2 { width = buffer.Width, height = buffer.Height + grow, pixel_format = format };
        (add.handles[0], add.pitches[0]) = (buffer.Handle, buffer.Pitch);
        Keep(_calls.Ioctl("MODE_ADDFB2", ref add), add.fb_id, buffer);
    }

    private RealFramebuffer? Keep(Errno errno, uint id, RealBuffer buffer)
    {
        if (errno != Errno.None)
            return null;
        var made = new RealFramebuffer(id, buffer.Width, buffer.Height);
        _framebuffers.Add(made);
        return made;
    }

    private void RmFb(RealFramebuffer framebuffer)
    {
        var id = framebuffer.Id;
        _framebuffers.Remove(framebuffer);
        _calls.Ioctl("MODE_RMFB", ref id);
    }

    private void CloseFb(RealFramebuffer framebuffer)
    {
        var close = new drm_mode_closefb { fb_id = framebuffer.Id };
        _framebuffers.Remove(framebuffer);
        _calls.Ioctl("MODE_CLOSEFB", ref close);
    }

    private void GetFb(RealFramebuffer framebuffer)
    {
        var get = new drm_mode_fb_cmd { fb_id = framebuffer.Id };
        if (_calls.Ioctl("MODE_GETFB", ref get) == Errno.None && get.handle != 0)
            _buffers.Add(new RealBuffer(get.handle, get.width, get.height, get.bpp, get.pitch, (ulong)get.pitch * get.height));
    }

    private void GetFb2(RealFramebuffer framebuffer)
    {
        var get = new drm_mode_fb_cmd2 { fb_id = framebuffer.Id };
        if (_calls.Ioctl("MODE_GETFB2", ref get) == Errno.None && get.handles[0] != 0)
            _buffers.Add(new RealBuffer(get.handles[0], get.width, get.height, Depth, get.pitches[0], (ulong)get.pitches[0] * get.height));
    }

    private void Dirty(RealFramebuffer framebuffer)
    {
        var dirty = new drm_mode_fb_dirty_cmd { fb_id = framebuffer.Id };
        _calls.Ioctl("MODE_DIRTYFB", ref dirty);
    }

    private void Show(ShowCall show, drm_mode_modeinfo mode)
    {
        if (Create(mode.hdisplay, mode.vdisplay, Depth) is { } buffer && AddFb(buffer) is { } framebuffer)
            SetCrtc(At(_crtcs, show.Crtc), At(_connectors, show.Connector), framebuffer, mode);
    }

    private void SetCrtc(uint crtc, uint connector, RealFramebuffer? framebuffer, drm_mode_modeinfo? mode)
    {
        Span<uint> connectors = stackalloc uint[1] { connector };
        var set = new drm_mode_crtc { crtc_id = crtc };
        if (framebuffer is not null && mode is { } wanted)
            (set.fb_id, set.mode_valid, set.mode, set.count_connectors, set.set_connectors_ptr) = (framebuffer.Id, 1, wanted, 1, RealCalls.AddressOf(connectors));
        if (_calls.Ioctl("MODE_SETCRTC", ref set) == Errno.None && framebuffer is not null)
            _lit = (crtc, framebuffer);
    }

    private void Flip(PageFlipCall flip, RealFramebuffer framebuffer)
    {
        var crtc = At(_crtcs, flip.Crtc);
        if (flip.Fitting && _lit is { Shown: { } shown })
            (crtc, framebuffer) = (_lit.Crtc, _framebuffers.At(flip.Slot, f => f.Width == shown.Width && f.Height == shown.Height) ?? framebuffer);
        var argument = new drm_mode_crtc_page_flip
        {
            crtc_id = crtc,
            fb_id = framebuffer.Id,
            flags = (uint)(flip.Event ? PageFlipFlags.Event : PageFlipFlags.None),
            user_data = ++_lastEvent,
        };
        Due(_calls.Ioctl("MODE_PAGE_FLIP", ref argument), flip.Event);
    }

    // Whoever has the event of a flip may flip again.
    private void FlipTwice(int slot)
    {
        var flip = new PageFlipCall(slot, slot, Fitting: true, Event: true);
        With(_framebuffers.At(slot), f => Flip(flip, f));
        ReadEvents();
        With(_framebuffers.At(slot), f => Flip(flip, f));
    }

    private void SetPlane(SetPlaneCall call, RealFramebuffer? framebuffer)
    {
        var set = new drm_mode_set_plane { plane_id = At(_planes, call.Plane) };
        if (framebuffer is not null)
            (set.crtc_id, set.fb_id, set.crtc_w, set.crtc_h, set.src_w, set.src_h) =
                (At(_crtcs, call.Crtc), framebuffer.Id, Side, Side, Side << 16, Side << 16);
        _calls.Ioctl("MODE_SETPLANE", ref set);
    }

    private void Cursor(CursorFlags flags, int crtc, int x, int y, uint side, uint handle)
    {
        var cursor = new drm_mode_cursor { flags = (uint)flags, crtc_id = At(_crtcs, crtc), x = x, y = y, width = side, height = side, handle = handle };
        _calls.Ioctl("MODE_CURSOR", ref cursor);
    }

    private void Cursor2(SetCursor2Call call, uint handle)
    {
        var cursor = new drm_mode_cursor2
        {
            flags = (uint)(CursorFlags.Bo | CursorFlags.Move),
            crtc_id = At(_crtcs, call.Crtc),
            x = call.Hot,
            y = call.Hot,
            width = CursorSide,
            height = CursorSide,
            handle = handle,
            hot_x = call.Hot,
            hot_y = call.Hot,
        };
        _calls.Ioctl("MODE_CURSOR2", ref cursor);
    }

    private uint GammaSize(uint crtc)
    {
        var get = new drm_mode_crtc { crtc_id = crtc };
        return _calls.Ioctl("MODE_GETCRTC", ref get) == Errno.None ? get.gamma_size : 0;
    }

    private void Gamma(string ioctl, uint crtc, bool fitting, ushort value)
    {
        Span<ushort> values = stackalloc ushort[MostGamma];
        values.Fill(value);
        var address = RealCalls.AddressOf(values);
        var size = Math.Min(GammaSize(crtc) + (fitting ? 0u : 1), MostGamma);
        var lut = new drm_mode_crtc_lut { crtc_id = crtc, gamma_size = size, red = address, green = address, blue = address };
        _calls.Ioctl(ioctl, ref lut);
    }

    private void ReadEvents()
    {
        Span<byte> bytes = stackalloc byte[DrmEvent.Space];
        if (_eventsDue > 0 && _calls.Read(bytes, out var length) == Errno.None)
            _eventsDue -= length / VblankEvent.Bytes;
    }

    private void WaitVblank(int crtc, uint ahead, bool isEvent)
    {
        var flags = VblankFlags.Relative | Messages.WaitVblank.OnCrtc(crtc) | (isEvent ? VblankFlags.Event : VblankFlags.Absolute);
        var wait = new drm_wait_vblank { request = new drm_wait_vblank_request { type = (uint)flags, sequence = ahead, signal = ++_lastEvent } };
        Due(_calls.Ioctl("WAIT_VBLANK", ref wait), isEvent);
    }

    private void GetSequence(uint crtc)
    {
        var get = new drm_crtc_get_sequence { crtc_id = crtc };
        _calls.Ioctl("CRTC_GET_SEQUENCE", ref get);
    }

    private void QueueSequence(QueueSequenceCall call)
    {
        var flags = SequenceFlags.Relative | (call.NextOnMiss ? SequenceFlags.NextOnMiss : SequenceFlags.None);
        var queue = new drm_crtc_queue_sequence { crtc_id = At(_crtcs, call.Crtc), flags = (uint)flags, sequence = call.Ahead, user_data = ++_lastEvent };
        Due(_calls.Ioctl("CRTC_QUEUE_SEQUENCE", ref queue), true);
    }

    private void Due(Errno errno, bool isEvent)
    {
        if (errno == Errno.None && isEvent)
            _eventsDue++;
    }
}
