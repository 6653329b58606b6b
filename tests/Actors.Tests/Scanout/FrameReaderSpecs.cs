using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DrmActors.Actors.Scanout;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Actors.Tests.Scanout;

/// <summary>What planes' and CRTCs' properties make of a picture, from a state's words to bytes.</summary>
public sealed class FrameReaderSpecs : IDisposable
{
    private const uint Red = 0xffff0000;
    private const uint Green = 0xff00ff00;
    private const uint Blue = 0xff0000ff;
    private const uint White = 0xffffffff;

    private static readonly ModeInfo Mode = new() { HDisplay = 2, VDisplay = 2 };

    private readonly Arena _arena = new(new ArenaOptions { Capacity = 1 << 20 });
    private readonly List<ArenaBlock> _blocks = [];

    [Fact]
    public void Plane_should_be_turned_as_its_property_says() =>
        Assert.Equal([Green, White, Red, Blue], Shown(new ShownPicture([Four() with { Rotation = Rotation.Rotate90 }])));

    [Fact]
    public void Plane_should_be_scaled_to_its_place()
    {
        var below = Four();
        var above = below with { SrcW = 1 << 16, SrcH = 1 << 16, CrtcX = 1, CrtcW = 1, CrtcH = 2, ScalingFilter = 1 };
        Assert.Equal([Red, Red, Blue, Red], Shown(new ShownPicture([below, above])));
    }

    [Fact]
    public void Planes_alpha_and_blend_mode_should_count()
    {
        var half = Four() with { Alpha = 0x8080, BlendMode = BlendMode.None };
        Assert.Equal([0xff800000, 0xff008000, 0xff000080, 0xff808080], Shown(new ShownPicture([half])));
    }

    [Fact]
    public void Colours_should_go_through_both_tables_and_the_matrix()
    {
        var inverted = BlobOf(BlobContents.OfGamma(new GammaTable([65535, 0], [65535, 0], [65535, 0])));
        Assert.Equal([~Red | 0xff000000, ~Green | 0xff000000, ~Blue | 0xff000000, 0xff000000], Shown(new ShownPicture([Four()], Gamma: inverted)));
        Assert.Equal([Red, Green, Blue, White], Shown(new ShownPicture([Four()], inverted, Ctm: null, inverted)));

        // Red takes what green was, and the others nothing.
        var matrix = new byte[9 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(matrix.AsSpan(sizeof(ulong)), 1ul << 32);
        Assert.Equal([0xff000000, Red, 0xff000000, Red], Shown(new ShownPicture([Four()], Ctm: BlobOf([.. matrix]))));
    }

    [Fact]
    public void Next_picture_should_not_have_anything_of_the_last()
    {
        using var reader = new FrameReader(_arena);
        Shown(new ShownPicture([Four() with { Rotation = Rotation.Rotate180 }], Gamma: BlobOf(BlobContents.OfGamma(new([0], [0], [0])))), reader);
        Assert.Equal([Red, Green, Blue, White], Shown(new ShownPicture([Four()]), reader));
        Assert.Equal([0xff000000, 0xff000000, 0xff000000, 0xff000000], Shown(ShownPicture.Nothing, reader));
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
            _arena.Free(block);
        _arena.Dispose();
    }

    private static Blob BlobOf(ImmutableArray<byte> data) => new(new BlobId(1), Owner: 0, data);

    // Red and green, and below them blue and white.
    private PlaneState Four()
    {
        var block = Block();
        new[] { Red, Green, Blue, White }.CopyTo(MemoryMarshal.Cast<byte, uint>(_arena.Span(block)));
        return new PlaneState
        {
            Framebuffer = new Framebuffer(new FramebufferId(1), Owner: 1, 2, 2, Fourcc.Argb8888, Modifier: 0, default, [new(1, block, 8, 0)]),
            SrcW = 2 << 16,
            SrcH = 2 << 16,
            CrtcW = 2,
            CrtcH = 2,
        };
    }

    private uint[] Shown(ShownPicture picture)
    {
        using var reader = new FrameReader(_arena);
        return Shown(picture, reader);
    }

    private uint[] Shown(ShownPicture picture, FrameReader reader)
    {
        var target = Block();
        Assert.True(reader.TryRead(Mode, picture, target, out var crc));
        Assert.Equal(reader.Crc(Mode, picture), crc);
        return [.. MemoryMarshal.Cast<byte, uint>(_arena.Span(target))[..4]];
    }

    private ArenaBlock Block()
    {
        Assert.Equal(Errno.None, _arena.TryAllocate(Arena.PageSize, ArenaBacking.Shared, out var block));
        _blocks.Add(block);
        return block;
    }
}
