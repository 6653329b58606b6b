namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Said in one place, before the first pixel moves: a frame is composed whole or not at all.</summary>
internal static class PlaneChecks
{
    internal static PixelArea Destination(PlaneInput plane) => new(
        plane.CrtcX,
        plane.CrtcY,
        (int)Math.Min(int.MaxValue, (long)plane.CrtcX + plane.CrtcW),
        (int)Math.Min(int.MaxValue, (long)plane.CrtcY + plane.CrtcH));

    internal static void Source(PlaneInput plane)
    {
        var info = FormatTable.Find(plane.Format);
        if (info is null || !FrameComposer.CanRead(plane.Format))
            throw new ArgumentException($"cannot compose {FormatTable.Spell(plane.Format)}", nameof(plane));
        if (plane.CrtcW < 0 || plane.CrtcH < 0 || plane.Width <= 0 || plane.Height <= 0)
            throw new ArgumentException("a size is negative, or the framebuffer has none", nameof(plane));
        if (Beyond(plane.SrcX, plane.SrcW, plane.Width) || Beyond(plane.SrcY, plane.SrcH, plane.Height))
            throw new ArgumentException("the source rectangle reaches out of the framebuffer", nameof(plane));
        if (plane.Memory.Length < info.Planes.Length)
            throw new ArgumentException($"{info.Name} has {info.Planes.Length} planes, and {plane.Memory.Length} are there", nameof(plane));
        for (var i = 0; i < info.Planes.Length; i++)
            Memory(plane, info, i);
    }

    internal static void Target(in PictureTarget target, CrtcInput crtc)
    {
        if (crtc.Width <= 0 || crtc.Height <= 0)
            throw new ArgumentException($"a picture of {crtc.Width}x{crtc.Height} pixels is none", nameof(crtc));
        if (PackedFormat.Find(target.Format) is not { Write: not null } format)
            throw new ArgumentException($"cannot write {FormatTable.Spell(target.Format)}", nameof(target));
        var row = (long)crtc.Width * format.BytesPerPixel;
        if (target.Pitch < row && crtc.Height > 1)
            throw new ArgumentException($"a pitch of {target.Pitch} bytes is too small for {crtc.Width} pixels", nameof(target));
        if ((crtc.Height - 1L) * target.Pitch + row > target.Pixels.Length)
            throw new ArgumentException($"{crtc.Height} rows do not fit into {target.Pixels.Length} bytes", nameof(target));
    }

    private static bool Beyond(uint at, uint length, int size) => at + (ulong)length > (ulong)size << 16;

    // The kernel refuses a framebuffer whose sides are no multiple of its chroma samples'; a last half of one would lie outside here too.
    private static void Memory(PlaneInput plane, FormatInfo info, int index)
    {
        var memory = plane.Memory[index];
        var row = (long)FormatTable.MinPitch(info, index, info.PlaneWidth(index, (uint)RoundUp(plane.Width, info.HSub)));
        var rows = info.PlaneHeight(index, (uint)plane.Height);
        // A pitch that no row uses is not looked at: a framebuffer of one line may have any.
        var end = memory.Offset + (rows - 1L) * memory.Pitch + row;
        if (memory.Offset < 0 || (rows > 1 && memory.Pitch < 0) || end > memory.Bytes.Length)
            throw new ArgumentException(
                $"plane {index} of the framebuffer, bytes {memory.Offset} to {end}, is not within {memory.Bytes.Length}",
                nameof(plane));
    }

    private static int RoundUp(int pixels, int multiple) => (pixels + multiple - 1) / multiple * multiple;
}
