namespace DrmActors.Hardware.Tests.Scanout.Composition;

/// <summary>A colour from 0 to 1.</summary>
internal readonly record struct Shade(double Red, double Green, double Blue, double Alpha)
{
    internal Shade Times(double factor) => new(Red * factor, Green * factor, Blue * factor, Alpha * factor);

    internal Shade Plus(Shade other) => new(Red + other.Red, Green + other.Green, Blue + other.Blue, Alpha + other.Alpha);

    internal Shade Clamped() => new(Clamp(Red), Clamp(Green), Clamp(Blue), Clamp(Alpha));

    internal double Component(char letter) => letter switch { 'R' => Red, 'G' => Green, 'B' => Blue, _ => 1 };

    private static double Clamp(double value) => Math.Clamp(value, 0, 1);
}

/// <summary>A packed format as its name has it, from the highest bit: letters, then the bits of each.</summary>
internal static class NamedLayout
{
    private static readonly Dictionary<string, int[]> Sizes = new(StringComparer.Ordinal)
    {
        ["8888"] = [8, 8, 8, 8],
        ["2101010"] = [2, 10, 10, 10],
        ["1010102"] = [10, 10, 10, 2],
        ["16161616"] = [16, 16, 16, 16],
        ["888"] = [8, 8, 8],
        ["565"] = [5, 6, 5],
        ["8"] = [8],
    };

    internal static IReadOnlyList<(char Letter, int At, int Bits)> Of(string name)
    {
        var letters = new string([.. name.TakeWhile(char.IsAsciiLetter)]);
        var sizes = Sizes[name[letters.Length..]];
        return [.. letters.Select((letter, i) => (letter, sizes.Skip(i + 1).Sum(), sizes[i]))];
    }

    internal static int Bytes(string name) => Of(name).Sum(c => c.Bits) / 8;

    internal static ulong Number(ReadOnlySpan<byte> bytes, string name)
    {
        var number = 0ul;
        for (var i = Bytes(name) - 1; i >= 0; i--)
            number = number << 8 | bytes[i];
        return number;
    }

    internal static double Part(ulong number, int at, int bits) => (number >> at & ((1ul << bits) - 1)) / (double)((1ul << bits) - 1);
}
