using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>GETFB and GETFB2: a framebuffer as it was added, with handles of its objects where there are any. Pure.</summary>
public static class FramebufferQueries
{
    private const int MaxPlanes = 4;

    public static ModeFb Describe(Framebuffer framebuffer, IReadOnlyDictionary<ulong, GemHandle> handles)
    {
        var format = FormatTable.Find(framebuffer.Format)!;
        var buffer = framebuffer.Buffers[0];
        return new ModeFb(
            framebuffer.Width,
            framebuffer.Height,
            buffer.Pitch,
            (uint)format.BitsPerPixel(),
            (uint)format.Depth,
            handles.GetValueOrDefault(buffer.ObjectId));
    }

    public static ModeFb2 Describe2(Framebuffer framebuffer, IReadOnlyDictionary<ulong, GemHandle> handles)
    {
        var planes = new FramebufferPlane[MaxPlanes];
        for (var i = 0; i < framebuffer.Buffers.Length; i++)
        {
            var buffer = framebuffer.Buffers[i];
            planes[i] = new FramebufferPlane(handles.GetValueOrDefault(buffer.ObjectId), buffer.Pitch, buffer.Offset, framebuffer.Modifier);
        }

        // Every driver here takes modifiers, whether this framebuffer came with one or not.
        return new ModeFb2(framebuffer.Width, framebuffer.Height, framebuffer.Format, FramebufferFlags.Modifiers, [.. planes]);
    }
}
