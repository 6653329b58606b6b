namespace DrmActors.Hardware.Images;

/// <summary>PPM: "P6" or "P3", width, height and the largest value as text with blanks and # comments between, then red, green, blue.</summary>
internal sealed class PpmReader(byte[] bytes, string file)
{
    private int _at;

    internal static bool IsPpm(ReadOnlySpan<byte> bytes) => bytes is [(byte)'P', (byte)'3' or (byte)'6', ..];

    internal Image Read()
    {
        var isText = bytes[1] == '3';
        _at = 2;
        var width = Number("a width", 1, ImageFile.MaxSide);
        var height = Number("a height", 1, ImageFile.MaxSide);
        var largest = Number("a largest value", 1, ushort.MaxValue);
        var wide = largest > byte.MaxValue;
        if (!isText) SkipOneBlank((long)width * height * (wide ? 6 : 3));

        var pixels = new uint[width * height];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = 0xff000000 | Sample() << 16 | Sample() << 8 | Sample();
        return new Image(width, height, pixels);

        uint Sample()
        {
            var start = _at;
            var value = isText ? Number("a sample", 0, largest) : wide ? bytes[_at++] << 8 | bytes[_at++] : bytes[_at++];
            if (value > largest) throw Broken(start, $"the sample {value}", $"0 to {largest}");
            return (uint)((value * 255 + largest / 2) / largest);
        }
    }

    private void SkipOneBlank(long expected)
    {
        if (_at >= bytes.Length || !IsBlank(bytes[_at])) throw Broken(_at, Here(), "one blank before the pixels");
        _at++;
        if (bytes.Length - _at < expected) throw Broken(bytes.Length, $"the end of the file after {bytes.Length - _at} bytes of pixels", $"{expected} bytes");
    }

    private int Number(string what, int least, int most)
    {
        SkipBlanksAndComments();
        var start = _at;
        long value = 0;
        while (_at < bytes.Length && char.IsAsciiDigit((char)bytes[_at]))
            value = Math.Min(value * 10 + (bytes[_at++] - '0'), int.MaxValue);
        if (_at == start) throw Broken(start, Here(), $"{what}, {least} to {most}");
        if (value < least || value > most) throw Broken(start, $"{what} of {value}", $"{least} to {most}");
        return (int)value;
    }

    private void SkipBlanksAndComments()
    {
        while (_at < bytes.Length && (IsBlank(bytes[_at]) || bytes[_at] == '#'))
        {
            if (bytes[_at++] != '#') continue;
            while (_at < bytes.Length && bytes[_at] is not ((byte)'\n' or (byte)'\r'))
                _at++;
        }
    }

    private string Here() => _at >= bytes.Length ? "the end of the file" : $"byte 0x{bytes[_at]:x2}";

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0b or 0x0c;

    private ImageException Broken(int offset, string found, string allowed) => new(file, offset, found, allowed);
}
