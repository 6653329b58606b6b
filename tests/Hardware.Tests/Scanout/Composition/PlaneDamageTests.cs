using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

public class PlaneDamageTests
{
    private static readonly FrameComposer Composer = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Picture_should_be_the_same_with_and_without_damage(bool isPlain)
    {
        var smaller = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var frame = new RandomFrame(seed).Next(isPlain);
            var random = new Random(seed);
            PlaneInput[] planes = [.. frame.Planes];
            var (part, whole) = (Room(frame.Crtc), Room(frame.Crtc));
            Composer.Compose(frame.Crtc, planes, Target(frame.Crtc, part));

            var clips = new List<PixelArea>();
            foreach (var plane in planes)
                for (var changes = random.Next(3); changes > 0; changes--)
                    clips.Add(PlaneDamage.OnCrtc(plane, Change(plane, random)));
            if (clips.Count > 0)
                Composer.Compose(frame.Crtc, planes, Target(frame.Crtc, part), clips: CollectionsMarshal.AsSpan(clips));
            Composer.Compose(frame.Crtc, planes, Target(frame.Crtc, whole));

            Assert.True(whole.AsSpan().SequenceEqual(part), $"seed {seed}");
            var all = new PixelArea(0, 0, frame.Crtc.Width, frame.Crtc.Height);
            smaller += clips.Count > 0 && clips.TrueForAll(c => c.Within(all) != all) ? 1 : 0;
        }

        // Else it would prove nothing.
        Assert.InRange(smaller, 800, 2000);
    }

    [Fact]
    public void Damage_of_a_plane_that_is_neither_scaled_nor_turned_should_be_moved_with_it()
    {
        var plane = new PlaneInput
        {
            Format = Fourcc.Xrgb8888,
            Width = 100,
            Height = 100,
            Memory = [],
            SrcX = 10 << 16,
            SrcY = 20 << 16,
            SrcW = 50 << 16,
            SrcH = 60 << 16,
            CrtcX = 300,
            CrtcY = 400,
            CrtcW = 50,
            CrtcH = 60,
        };
        Assert.Equal(new PixelArea(305, 410, 310, 425), PlaneDamage.OnCrtc(plane, new PixelArea(15, 30, 20, 45)));
        Assert.True(PlaneDamage.OnCrtc(plane, new PixelArea(0, 0, 10, 20)).IsEmpty);
    }

    // Whole blocks of chroma, as there are no halves in memory.
    private static PixelArea Change(PlaneInput plane, Random random)
    {
        var info = FormatTable.Find(plane.Format)!;
        var (left, right) = Range(plane.Width, info.HSub, random);
        var (top, bottom) = Range(plane.Height, info.VSub, random);
        for (var i = 0; i < info.Planes.Length; i++)
        {
            var memory = plane.Memory[i];
            MemoryMarshal.TryGetArray(memory.Bytes, out var bytes);
            var (from, to) = (Bytes(info, i, left), Bytes(info, i, right));
            for (var y = Row(info, i, top); y < Row(info, i, bottom); y++)
                random.NextBytes(bytes.AsSpan(memory.Offset + y * memory.Pitch + from, to - from));
        }

        return new PixelArea(left, top, right, bottom);
    }

    private static (int From, int To) Range(int size, int multiple, Random random)
    {
        var from = random.Next((size + multiple - 1) / multiple);
        return (from * multiple, Math.Min(size, (from + random.Next(1, 5)) * multiple));
    }

    private static int Bytes(FormatInfo info, int plane, int x) =>
        x == 0 ? 0 : (int)FormatTable.MinPitch(info, plane, info.PlaneWidth(plane, (uint)x));

    private static int Row(FormatInfo info, int plane, int y) => (int)info.PlaneHeight(plane, (uint)y);

    private static byte[] Room(CrtcInput crtc) => new byte[crtc.Width * crtc.Height * 4];

    private static PictureTarget Target(CrtcInput crtc, byte[] bytes) => new() { Pixels = bytes, Pitch = crtc.Width * 4 };
}
