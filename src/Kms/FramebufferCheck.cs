using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What ADDFB and ADDFB2 refuse before any buffer is looked at, in the kernel's order. Pure.</summary>
public static class FramebufferCheck
{
    private const FramebufferFlags KnownFlags = FramebufferFlags.Interlaced | FramebufferFlags.Modifiers;
    private const int MaxPlanes = 4;

    /// <summary>ADDFB as the ADDFB2 that it stands for; a format of 0 where depth and bits a pixel have none.</summary>
    public static ModeAddFb2 Widen(ModeAddFb call) => new(
        call.Width,
        call.Height,
        FormatTable.FromLegacy(call.Bpp, call.Depth),
        FramebufferFlags.None,
        [new FramebufferPlane(call.Handle, call.Pitch, 0), default, default, default]);

    public static Errno Check(ModeConfig config, ModeAddFb2 call, out FormatInfo? format)
    {
        format = null;
        if ((call.Flags & ~KnownFlags) != FramebufferFlags.None)
            return Errno.EINVAL;
        if (call.Width < config.MinWidth || call.Width > config.MaxWidth)
            return Errno.EINVAL;
        if (call.Height < config.MinHeight || call.Height > config.MaxHeight)
            return Errno.EINVAL;
        format = FormatTable.Find(call.PixelFormat);
        if (format is null || call.Width == 0 || call.Height == 0)
            return Errno.EINVAL;
        for (var i = 0; i < format.Planes.Length; i++)
            if (CheckPlane(call, format, i) is var errno && errno != Errno.None)
                return errno;
        for (var i = format.Planes.Length; i < MaxPlanes; i++)
            if (!IsUnused(call, call.Planes[i]))
                return Errno.EINVAL;
        return config.TakesUnseenFormats || IsSeen(config, call) ? Errno.None : Errno.EINVAL;
    }

    /// <summary>Whether the last row of a plane ends inside an object of <paramref name="size"/> bytes.</summary>
    public static bool Fits(ModeAddFb2 call, FormatInfo format, int plane, long size)
    {
        var height = format.PlaneHeight(plane, call.Height);
        var end = ((ulong)(height - 1) * call.Planes[plane].Pitch)
            + FormatTable.MinPitch(format, plane, format.PlaneWidth(plane, call.Width))
            + call.Planes[plane].Offset;
        return end <= (ulong)size;
    }

    private static Errno CheckPlane(ModeAddFb2 call, FormatInfo format, int i)
    {
        var plane = call.Planes[i];
        if (plane.Handle.IsNone)
            return Errno.EINVAL;
        var minPitch = FormatTable.MinPitch(format, i, format.PlaneWidth(i, call.Width));
        if (minPitch > uint.MaxValue)
            return Errno.ERANGE;
        if (((ulong)format.PlaneHeight(i, call.Height) * plane.Pitch) + plane.Offset > uint.MaxValue)
            return Errno.ERANGE;
        if (plane.Pitch < minPitch)
            return Errno.EINVAL;
        if (plane.Modifier != 0 && !call.Flags.HasFlag(FramebufferFlags.Modifiers))
            return Errno.EINVAL;
        return plane.Modifier != call.Planes[0].Modifier ? Errno.EINVAL : Errno.None;
    }

    private static bool IsSeen(ModeConfig config, ModeAddFb2 call)
    {
        foreach (var plane in config.Planes)
            if (plane.Scans(call.PixelFormat, call.Planes[0].Modifier))
                return true;
        return false;
    }

    // Clients from before modifiers left rubbish in the planes that they did not use; the modifier was always checked.
    private static bool IsUnused(ModeAddFb2 call, FramebufferPlane plane) =>
        plane.Modifier == 0
        && (!call.Flags.HasFlag(FramebufferFlags.Modifiers) || (plane.Handle.IsNone && plane.Pitch == 0 && plane.Offset == 0));
}
