using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Bench;

/// <summary>Planes of noise on a CRTC, for the composer and for pixman. All memory is touched before.</summary>
internal sealed class Scene
{
    private readonly FrameComposer _composer = new();
    private readonly List<(nint Image, PlaneInput Plane)> _images = [];
    private readonly Random _random = new(1);
    private readonly Memory<byte> _writeback;
    private readonly nint _target;
    private readonly nint _copy;
    private PlaneInput[] _planes = [];

    public Scene(int width, int height, bool hasWriteback)
    {
        Crtc = new CrtcInput(width, height);
        Wire = PageAligned(width * 4 * height);
        _target = Pixman.IsThere ? Pixman.Image(Pixman.Xrgb8888, width, height, Wire, width * 4) : 0;
        if (!hasWriteback)
            return;
        _writeback = PageAligned(width * 4 * height);
        _copy = Pixman.IsThere ? Pixman.Image(Pixman.Xrgb8888, width, height, _writeback, width * 4) : 0;
    }

    public CrtcInput Crtc { get; }

    public Memory<byte> Wire { get; }

    public IReadOnlyList<PlaneInput> Planes => _planes;

    public Scene With(uint format, int width, int height, int x, int y)
    {
        var pixels = PageAligned(width * 4 * height);
        _random.NextBytes(pixels.Span);
        if (format == Fourcc.Argb8888)
            Premultiply(pixels.Span);
        var plane = new PlaneInput
        {
            Format = format,
            Width = width,
            Height = height,
            Memory = [new PixelMemory(pixels, width * 4)],
            SrcW = (uint)width << 16,
            SrcH = (uint)height << 16,
            CrtcX = x,
            CrtcY = y,
            CrtcW = width,
            CrtcH = height,
        };
        _planes = [.. _planes, plane];
        if (Pixman.IsThere)
            _images.Add((Pixman.Image(PixmanFormat(format), width, height, pixels, width * 4), plane));
        return this;
    }

    public void Compose() => _composer.Compose(Crtc, _planes, Target(Wire), _writeback.IsEmpty ? default : Target(_writeback));

    public void ComposeOver(BandedComposer threads) => threads.Compose(Crtc, _planes, () => Target(Wire));

    public void ComposeWithPixman()
    {
        foreach (var (image, plane) in _images)
            Pixman.Composite(
                plane.Format == Fourcc.Argb8888 ? Pixman.Over : Pixman.Src,
                image, 0, _target, 0, 0, 0, 0, plane.CrtcX, plane.CrtcY, plane.CrtcW, plane.CrtcH);
        if (_copy != 0)
            Pixman.Composite(Pixman.Src, _target, 0, _copy, 0, 0, 0, 0, 0, 0, Crtc.Width, Crtc.Height);
    }

    private PictureTarget Target(Memory<byte> pixels) => new() { Pixels = pixels.Span, Pitch = Crtc.Width * 4 };

    private static int PixmanFormat(uint format) =>
        format == Fourcc.Xrgb8888 ? Pixman.Xrgb8888 : format == Fourcc.Argb8888 ? Pixman.Argb8888 : Pixman.Xbgr2101010;

    private static void Premultiply(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
            for (var c = 0; c < 3; c++)
                pixels[i + c] = (byte)(pixels[i + c] * pixels[i + 3] / 255);
    }

    // As buffers of the arena lie; an array's own beginning would cost one side a split cache line in every load.
    private static Memory<byte> PageAligned(int bytes)
    {
        const int Page = 4096;
        var array = GC.AllocateArray<byte>(bytes + Page, pinned: true);
        var start = (int)(Page - Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % Page);
        return array.AsMemory(start, bytes);
    }
}
