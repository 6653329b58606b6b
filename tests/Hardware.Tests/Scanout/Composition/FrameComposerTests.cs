using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Messages;

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Eight_bits_should_give_what_sixteen_give(bool hasGamma)
    {
        const ulong One = 1ul << 32;
        ImmutableArray<ushort> curve = [.. Enumerable.Range(0, 256).Select(i => (ushort)(i * i))];
        var gamma = hasGamma ? new GammaTable(curve, [65535, 0], [.. curve.Reverse()]) : null;
        // A matrix that changes nothing keeps the composer from the fast way.
        var tables = hasGamma ? new ColorPipeline(gamma, null, gamma) : null;
        var wholly = new ColorPipeline(gamma, [One, 0, 0, 0, One, 0, 0, 0, One], gamma);
        for (var seed = 0; seed < 2000; seed++)
        {
            var frame = new RandomFrame(seed).Next(isPlain: true);
            var (eight, wide) = (Room(frame.Crtc, Fourcc.Xrgb8888), Room(frame.Crtc, Fourcc.Xrgb8888));
            var slowly = frame.Crtc with { Color = wholly };
            var quickly = frame.Crtc with { Color = tables };

            Composer.Compose(quickly, [.. frame.Planes], Target(frame.Crtc, eight, Fourcc.Xrgb8888));
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
    public void Threads_with_a_clip_and_a_composer_each_should_give_the_same_picture()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var frame = new RandomFrame(seed).Next(isPlain: false);
            PlaneInput[] planes = [.. frame.Planes];
            var (whole, pieces) = (Room(frame.Crtc, Fourcc.Xrgb8888), Room(frame.Crtc, Fourcc.Xrgb8888));
            Composer.Compose(frame.Crtc, planes, Target(frame.Crtc, whole, Fourcc.Xrgb8888));

            Parallel.For(0, 4, band => new FrameComposer().Compose(
                frame.Crtc,
                planes,
                Target(frame.Crtc, pieces, Fourcc.Xrgb8888),
                clips: [new(0, frame.Crtc.Height * band / 4, frame.Crtc.Width, frame.Crtc.Height * (band + 1) / 4)]));

            Assert.True(whole.AsSpan().SequenceEqual(pieces), $"seed {seed}");
        }
    }

    [Fact]
    public void Bands_of_rows_should_give_the_same_picture()
    {
        var (one, several) = (new BandedComposer(threads: 1), new BandedComposer(threads: 3, leastPixels: 0));
        for (var seed = 0; seed < 300; seed++)
        {
            var frame = new RandomFrame(seed).Next(isPlain: seed % 2 == 0);
            PlaneInput[] planes = [.. frame.Planes];
            var (whole, pieces) = (Room(frame.Crtc, Fourcc.Xrgb8888), Room(frame.Crtc, Fourcc.Xrgb8888));

            one.Compose(frame.Crtc, planes, () => Target(frame.Crtc, whole, Fourcc.Xrgb8888));
            several.Compose(frame.Crtc, planes, () => Target(frame.Crtc, pieces, Fourcc.Xrgb8888));

            Assert.True(whole.AsSpan().SequenceEqual(pieces), $"seed {seed}");
        }
    }

    [Fact]
    public void What_no_band_can_compose_should_be_refused_as_by_one()
    {
        var crtc = new CrtcInput(8, 8);
        var plane = new PlaneInput { Format = 1, Width = 8, Height = 8, Memory = [], SrcW = 1, SrcH = 1, CrtcW = 8, CrtcH = 8 };
        foreach (var threads in new[] { 1, 3 })
            Assert.Throws<ArgumentException>(() =>
                new BandedComposer(threads, leastPixels: 0).Compose(crtc, [plane], () => Target(crtc, Room(crtc, Fourcc.Xrgb8888), Fourcc.Xrgb8888)));
    }

    [Fact]
    public void Rectangles_at_the_ends_of_their_ranges_should_be_composed_or_refused()
    {
        int[] positions = [int.MinValue, int.MinValue + 1, -65536, -1, 0, 3, 65536, int.MaxValue - 1, int.MaxValue];
        int[] sizes = [0, 1, 7, 65536, int.MaxValue];
        uint[] sources = [0, 1, 0x7fff, 0x8000, 0xffff, 0x10000, 0x3ffff, 0x40000, 0x40001, 0x7fffffff, 0xffffffff];
        var random = new Random(5);
        T Pick<T>(T[] all) => all[random.Next(all.Length)];
        var composed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var plane = new PlaneInput
            {
                Format = Pick([Fourcc.Xrgb8888, Fourcc.Argb8888, Fourcc.Nv12]),
                Width = 4,
                Height = 4,
                Memory = [new PixelMemory(new byte[64], 16), new PixelMemory(new byte[8], 4)],
                SrcX = Pick(sources),
                SrcY = Pick(sources),
                SrcW = Pick(sources),
                SrcH = Pick(sources),
                CrtcX = Pick(positions),
                CrtcY = Pick(positions),
                CrtcW = Pick(sizes),
                CrtcH = Pick(sizes),
                Rotation = (Rotation)(1 << random.Next(4) | random.Next(4) << 4),
                Filter = (ScalingFilter)random.Next(2),
            };
            var crtc = new CrtcInput(9, 5);
            var bytes = Room(crtc, Fourcc.Xrgb8888);
            if (Record.Exception(() => Composer.Compose(crtc, [plane], Target(crtc, bytes, Fourcc.Xrgb8888))) is not { } refused)
                composed++;
            else
                Assert.True(refused is ArgumentException and not ArgumentOutOfRangeException, $"{plane}: {refused}");
        }

        Assert.InRange(composed, 100, 19_900);
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
