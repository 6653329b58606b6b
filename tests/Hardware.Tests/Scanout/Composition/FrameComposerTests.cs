using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

public class FrameComposerTests
{
    private const byte Untouched = 0xa5;
    private const int Padding = 3;

    // One for all: what a frame leaves behind must not show in the next.
    private static readonly FrameComposer Composer = new();

    [Theory]
    [InlineData(true, 1000)]
    [InlineData(false, 2000)]
    public void Random_frames_should_be_within_a_step_of_the_reference(bool isPlain, int seeds)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new RandomFrame(seed);
            var frame = random.Next(isPlain);
            var (first, second) = (random.TargetFormat(isPlain), random.TargetFormat(isPlain));
            var (wire, writeback) = (Room(frame.Crtc, first), Room(frame.Crtc, second));

            Composer.Compose(frame.Crtc, [.. frame.Planes], Target(frame.Crtc, wire, first), Target(frame.Crtc, writeback, second));

            Compare(frame, wire, first, seed);
            Compare(frame, writeback, second, seed);
        }
    }

    [Fact]
    public void Eight_bits_should_give_what_sixteen_give()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var frame = new RandomFrame(seed).Next(isPlain: true);
            var (eight, wide) = (Room(frame.Crtc, Fourcc.Xrgb8888), Room(frame.Crtc, Fourcc.Xrgb8888));
            // A pipeline of nothing keeps the composer from the fast way.
            var slowly = frame.Crtc with { Color = new ColorPipeline(null, null, null) };

            Composer.Compose(frame.Crtc, [.. frame.Planes], Target(frame.Crtc, eight, Fourcc.Xrgb8888));
            Composer.Compose(slowly, [.. frame.Planes], Target(frame.Crtc, wide, Fourcc.Xrgb8888));

            Assert.True(eight.AsSpan().SequenceEqual(wide), $"seed {seed}");
        }
    }

    [Fact]
    public void Clips_should_give_the_same_picture_piece_by_piece()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var frame = new RandomFrame(seed).Next(isPlain: seed % 2 == 0);
            var (whole, pieces) = (Room(frame.Crtc, Fourcc.Xrgb8888), Room(frame.Crtc, Fourcc.Xrgb8888));
            var (x, y) = (frame.Crtc.Width / 3, frame.Crtc.Height / 2);

            Composer.Compose(frame.Crtc, [.. frame.Planes], Target(frame.Crtc, whole, Fourcc.Xrgb8888));
            Composer.Compose(
                frame.Crtc,
                [.. frame.Planes],
                Target(frame.Crtc, pieces, Fourcc.Xrgb8888),
                clips: [new(-5, -5, x, y), new(x, -5, 1000, y), new(0, y, 1000, 1000)]);

            Assert.True(whole.AsSpan().SequenceEqual(pieces), $"seed {seed}");
        }
    }

    [Fact]
    public void Only_the_clips_should_be_written()
    {
        var crtc = new CrtcInput(8, 4) { Background = ulong.MaxValue };
        var bytes = Room(crtc, Fourcc.Xrgb8888);

        Composer.Compose(crtc, [], Target(crtc, bytes, Fourcc.Xrgb8888), clips: [new(2, 1, 4, 3)]);

        Assert.Equal(2 * 2 * 4, bytes.Count(b => b != Untouched));
    }

    [Fact]
    public void Frames_should_allocate_nothing()
    {
        var frame = Enumerable.Range(0, 1000).Select(seed => new RandomFrame(seed).Next(isPlain: false))
            .First(f => f.Planes.Count == 4 && f.Crtc.Color is not null);
        PlaneInput[] planes = [.. frame.Planes];
        var bytes = Room(frame.Crtc, Fourcc.Xrgb8888);
        var target = Target(frame.Crtc, bytes, Fourcc.Xrgb8888);
        // The runtime's own first steps take some memory too.
        for (var i = 0; i < 10; i++)
            Composer.Compose(frame.Crtc, planes, target);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Composer.Compose(frame.Crtc, planes, target);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Room(CrtcInput crtc, uint format)
    {
        var row = crtc.Width * NamedLayout.Bytes(FormatTable.Find(format)!.Name);
        var bytes = new byte[(crtc.Height - 1) * (row + Padding) + row];
        Array.Fill(bytes, Untouched);
        return bytes;
    }

    private static int Pitch(CrtcInput crtc, uint format) => crtc.Width * NamedLayout.Bytes(FormatTable.Find(format)!.Name) + Padding;

    private static PictureTarget Target(CrtcInput crtc, byte[] bytes, uint format) =>
        new() { Pixels = bytes, Pitch = Pitch(crtc, format), Format = format };

    private static void Compare(ReferenceFrame frame, byte[] bytes, uint format, int seed)
    {
        var name = FormatTable.Find(format)!.Name;
        var pitch = Pitch(frame.Crtc, format);
        for (var y = 0; y < frame.Crtc.Height; y++)
        {
            for (var x = 0; x < frame.Crtc.Width; x++)
            {
                var number = NamedLayout.Number(bytes.AsSpan(y * pitch + x * NamedLayout.Bytes(name)), name);
                var expected = frame.At(x, y);
                foreach (var (letter, at, bits) in NamedLayout.Of(name))
                {
                    var difference = Math.Abs(NamedLayout.Part(number, at, bits) - expected.Component(letter));
                    // Half a step of eight bits, and half a step of the target's own.
                    if (difference > 0.5 / 255 + 0.5 / ((1 << bits) - 1))
                        Assert.Fail($"seed {seed}, {name} at {x},{y}: {letter} of {number:x} should be {expected}");
                }
            }

            if (y + 1 < frame.Crtc.Height)
                Assert.All(bytes[((y + 1) * pitch - Padding)..((y + 1) * pitch)], b => Assert.Equal(Untouched, b));
        }
    }
}
