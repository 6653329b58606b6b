using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>union drm_wait_vblank</c>, drm.h: the reply lies over the request, the seconds over the signal.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct drm_wait_vblank
{
    [FieldOffset(0)]
    public drm_wait_vblank_request request;

    [FieldOffset(0)]
    public drm_wait_vblank_reply reply;
}

/// <summary><c>struct drm_wait_vblank_request</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_wait_vblank_request
{
    public uint type;
    public uint sequence;
    public ulong signal;
}

/// <summary><c>struct drm_wait_vblank_reply</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_wait_vblank_reply
{
    public uint type;
    public uint sequence;
    public long tval_sec;
    public long tval_usec;
}

/// <summary><c>struct drm_crtc_get_sequence</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_crtc_get_sequence
{
    public uint crtc_id;
    public uint active;
    public ulong sequence;
    public long sequence_ns;
}

/// <summary><c>struct drm_crtc_queue_sequence</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_crtc_queue_sequence
{
    public uint crtc_id;
    public uint flags;
    public ulong sequence;
    public ulong user_data;
}

/// <summary><c>struct drm_event</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_event
{
    public uint type;
    public uint length;
}

/// <summary><c>struct drm_event_vblank</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_event_vblank
{
    public drm_event @base;
    public ulong user_data;
    public uint tv_sec;
    public uint tv_usec;
    public uint sequence;
    public uint crtc_id;
}

/// <summary><c>struct drm_event_crtc_sequence</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_event_crtc_sequence
{
    public drm_event @base;
    public ulong user_data;
    public long time_ns;
    public ulong sequence;
}
