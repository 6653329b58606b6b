using DrmActors.Messages;
using static DrmActors.Hardware.Display.SyncPolarity;

namespace DrmActors.Hardware.Display;

/// <summary>The timings that an EDID claims with one bit each: I and II in bytes 35-37 of the base block, III in descriptor 0xF7.</summary>
internal static class EstablishedTimings
{
    internal const int Byte = 35;
    internal const byte DescriptorTag = 0xf7;
    private const int FirstByteOfThree = 6;

    private static readonly ModeInfo[] OneAndTwo =
    [
        Dmt(0x09), Dmt(0x08), Dmt(0x06), Dmt(0x05),
        ModeTimings.Create(30_240, 640, 704, 768, 864, 480, 483, 486, 525, NN),
        Dmt(0x04),
        ModeTimings.Create(35_500, 720, 738, 846, 900, 400, 421, 423, 449, NN),
        ModeTimings.Create(28_320, 720, 738, 846, 900, 400, 412, 414, 449, NP),
        Dmt(0x24), Dmt(0x12), Dmt(0x11), Dmt(0x10), Dmt(0x0f),
        ModeTimings.Create(57_284, 832, 864, 928, 1152, 624, 625, 628, 667, NN),
        Dmt(0x0b), Dmt(0x0a),
        // The bit means Apple's 1152x870; the kernel takes the DMT mode of nearly that size.
        Dmt(0x15),
    ];

    private static readonly byte[] Three =
    [
        0x01, 0x02, 0x03, 0x07, 0x0e, 0x0c, 0x13, 0x15,
        0x16, 0x17, 0x18, 0x19, 0x20, 0x21, 0x23, 0x25,
        0x27, 0x2e, 0x2f, 0x30, 0x31, 0x29, 0x2a, 0x2b,
        0x2c, 0x39, 0x3a, 0x3b, 0x3c, 0x33, 0x34, 0x35,
        0x36, 0x37, 0x3e, 0x3f, 0x41, 0x42, 0x44, 0x45,
        0x46, 0x47, 0x49, 0x4a,
    ];

    /// <summary>The bit of <see cref="Bits"/> that means such a mode, -1 where none does; the ambiguous last one is never given.</summary>
    internal static int FindBit(Predicate<ModeInfo> isIt) => Array.FindIndex(OneAndTwo, 0, OneAndTwo.Length - 1, isIt);

    /// <summary>Bytes 35, 36 and the top bit of 37, the lowest first.</summary>
    internal static int Bits(ReadOnlySpan<byte> baseBlock) =>
        baseBlock[Byte] | (baseBlock[Byte + 1] << 8) | ((baseBlock[Byte + 2] & 0x80) << 9);

    internal static IEnumerable<ModeInfo> InBase(int bits) => OneAndTwo.Where((_, bit) => (bits & (1 << bit)) != 0);

    internal static IEnumerable<ModeInfo> InDescriptor(ArraySegment<byte> descriptor) =>
        Three.Where((_, bit) => (descriptor[FirstByteOfThree + bit / 8] & (0x80 >> (bit % 8))) != 0).Select(DmtModes.ById);

    private static ModeInfo Dmt(byte id) => DmtModes.ById(id);
}
