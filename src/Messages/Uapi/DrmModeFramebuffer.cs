using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_mode_fb_cmd</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_fb_cmd
{
    public uint fb_id;
    public uint width;
    public uint height;
    public uint pitch;
    public uint bpp;
    public uint depth;
    public uint handle;
}

/// <summary><c>struct drm_mode_fb_cmd2</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_fb_cmd2
{
    public uint fb_id;
    public uint width;
    public uint height;
    public uint pixel_format;
    public uint flags;
    public U32PerPlane handles;
    public U32PerPlane pitches;
    public U32PerPlane offsets;
    public uint _pad0;
    public U64PerPlane modifier;

    [InlineArray(4)]
    public struct U32PerPlane
    {
        private uint _first;
    }

    [InlineArray(4)]
    public struct U64PerPlane
    {
        private ulong _first;
    }
}

/// <summary><c>struct drm_mode_fb_dirty_cmd</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_fb_dirty_cmd
{
    public uint fb_id;
    public uint flags;
    public uint color;
    public uint num_clips;
    public ulong clips_ptr;
}

/// <summary><c>struct drm_mode_closefb</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_closefb
{
    public uint fb_id;
    public uint pad;
}

/// <summary><c>struct drm_clip_rect</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_clip_rect
{
    public ushort x1;
    public ushort y1;
    public ushort x2;
    public ushort y2;
}
