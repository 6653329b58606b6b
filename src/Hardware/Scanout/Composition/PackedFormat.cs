using System.Collections.Frozen;

namespace DrmActors.Hardware.Scanout.Composition;

internal delegate void RowReader(ReadOnlySpan<byte> from, Span<ulong> into, int pixels);

internal delegate void RowWriter(Span<ulong> from, Span<byte> into, int pixels);

internal delegate void RowMover(ReadOnlySpan<byte> from, Span<byte> into);

/// <summary>What eight bits a component can do without becoming sixteen; into, from and over XRGB8888.</summary>
internal sealed record EightBits(bool IsXrgb, RowMover To, RowMover From, RowMover Over);

/// <summary>An RGB format, and how rows of it are read and written.</summary>
/// <param name="Write">Null for what nobody writes.</param>
internal sealed record PackedFormat(int BytesPerPixel, bool HasAlpha, RowReader Read, RowWriter? Write, EightBits? Eight = null)
{
    private static readonly FrozenDictionary<uint, PackedFormat> All = Table()
        .ToFrozenDictionary(row => FormatTable.FindByName(row.Name)!.Code, row => row.Format);

    internal static IEnumerable<uint> Codes => All.Keys;

    internal static PackedFormat? Find(uint fourcc) => All.GetValueOrDefault(fourcc);

    private static IEnumerable<(string Name, PackedFormat Format)> Table()
    {
        yield return ("XRGB8888", Of8888<ArgbOrder>(hasAlpha: false));
        yield return ("ARGB8888", Of8888<ArgbOrder>(hasAlpha: true));
        yield return ("XBGR8888", Of8888<AbgrOrder>(hasAlpha: false));
        yield return ("ABGR8888", Of8888<AbgrOrder>(hasAlpha: true));
        yield return ("RGBX8888", Of8888<RgbaOrder>(hasAlpha: false));
        yield return ("RGBA8888", Of8888<RgbaOrder>(hasAlpha: true));
        yield return ("BGRX8888", Of8888<BgraOrder>(hasAlpha: false));
        yield return ("BGRA8888", Of8888<BgraOrder>(hasAlpha: true));
        yield return ("XRGB2101010", OfTenBits<Argb2101010>(hasAlpha: false));
        yield return ("ARGB2101010", OfTenBits<Argb2101010>(hasAlpha: true));
        yield return ("XBGR2101010", OfTenBits<Abgr2101010>(hasAlpha: false));
        yield return ("ABGR2101010", OfTenBits<Abgr2101010>(hasAlpha: true));
        yield return ("RGBX1010102", OfTenBits<Rgba1010102>(hasAlpha: false));
        yield return ("RGBA1010102", OfTenBits<Rgba1010102>(hasAlpha: true));
        yield return ("BGRX1010102", OfTenBits<Bgra1010102>(hasAlpha: false));
        yield return ("BGRA1010102", OfTenBits<Bgra1010102>(hasAlpha: true));
        yield return ("XRGB16161616", new(8, HasAlpha: false, Row16161616.ReadOpaque, Row16161616.Write));
        yield return ("ARGB16161616", new(8, HasAlpha: true, Row16161616.Read, Row16161616.Write));
        yield return ("XBGR16161616", new(8, HasAlpha: false, Row16161616.ReadSwappedOpaque, Row16161616.WriteSwapped));
        yield return ("ABGR16161616", new(8, HasAlpha: true, Row16161616.ReadSwapped, Row16161616.WriteSwapped));
        yield return ("RGB888", OfNarrow<Bits888<Rgb888>>(3));
        yield return ("BGR888", OfNarrow<Bits888<Bgr888>>(3));
        yield return ("RGB565", OfNarrow<Bits565<Rgb565>>(2));
        yield return ("BGR565", OfNarrow<Bits565<Bgr565>>(2));
        yield return ("R8", OfNarrow<Gray8>(1) with { Write = null });
    }

    private static PackedFormat Of8888<TOrder>(bool hasAlpha)
        where TOrder : struct, IPixelOrder => new(
            4,
            hasAlpha,
            hasAlpha ? Row8888.Read<TOrder> : Row8888.ReadOpaque<TOrder>,
            Row8888.Write<TOrder>,
            new EightBits(typeof(TOrder) == typeof(ArgbOrder), Row8888.ToXrgb8888<TOrder>, Row8888.FromXrgb8888<TOrder>, Row8888.Over<TOrder>));

    private static PackedFormat OfTenBits<TPlaces>(bool hasAlpha)
        where TPlaces : struct, IPlaces => new(
            4,
            hasAlpha,
            hasAlpha ? RowPacked.Read<TenBits<TPlaces>> : RowPacked.Read<TenBitsOpaque<TPlaces>>,
            RowPacked.Write<TenBits<TPlaces>>);

    private static PackedFormat OfNarrow<TLayout>(int bytes)
        where TLayout : struct, IPackedLayout => new(
            bytes,
            HasAlpha: false,
            (from, into, pixels) => RowPacked.ReadNarrow<TLayout>(from, into, pixels, bytes),
            (from, into, pixels) => RowPacked.WriteNarrow<TLayout>(from, into, pixels, bytes));
}
