using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DrmActors.Hardware.Images;

/// <summary>Reads a PNG's chunks in their order: IHDR first, PLTE and tRNS before the data, IDATs as one stream, IEND last.</summary>
internal sealed class PngReader(byte[] bytes, string file)
{
    private readonly MemoryStream _packed = new();
    private PngHeader _header;
    private byte[] _palette = [];
    private byte[] _transparency = [];
    private int _firstData = -1;

    internal static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith(PngWriter.Signature);

    internal Image Read()
    {
        var at = PngWriter.Signature.Length;
        for (var type = ""; !string.Equals(type, "IEND", StringComparison.Ordinal);)
        {
            var start = at;
            (type, var data) = NextChunk(ref at);
            Take(type, data, start + 8);
        }

        if (_firstData < 0) throw Broken(at, "IEND without IDAT", "pixels before the end");
        if (_header.Color == PngColor.Palette && _palette.Length == 0) throw Broken(_firstData, "a palette picture without PLTE", "a palette before IDAT");
        return Unpack();
    }

    private (string Type, ReadOnlyMemory<byte> Data) NextChunk(ref int at)
    {
        if (bytes.Length - at < 12) throw Broken(bytes.Length, $"the end of the file, {bytes.Length - at} bytes into a chunk", "chunks up to IEND");
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        if (length > bytes.Length - at - 12) throw Broken(at, $"a chunk of {length} bytes", $"at most {bytes.Length - at - 12}, what is left of the file");
        var data = bytes.AsMemory(at + 8, (int)length);
        var typeAndData = bytes.AsSpan(at + 4, 4 + (int)length);
        var type = Encoding.Latin1.GetString(typeAndData[..4]);
        if (!type.All(char.IsAsciiLetter)) throw Broken(at + 4, $"the chunk type {Convert.ToHexString(typeAndData[..4])}", "four ASCII letters");
        if (_header.Width == 0 && type is not "IHDR") throw Broken(at + 4, $"a first chunk {type}", "IHDR");
        var stored = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + (int)length));
        var computed = Crc32.Append(0, typeAndData);
        if (stored != computed) throw Broken(at + 8 + (int)length, $"the CRC {stored:x8} of {type}", $"{computed:x8}");
        at += 12 + (int)length;
        return (type, data);
    }

    private void Take(string type, ReadOnlyMemory<byte> data, int offset)
    {
        switch (type)
        {
            case "IHDR":
                if (_header.Width != 0) throw Broken(offset - 4, "a second IHDR", "one");
                if (data.Length != 13) throw Broken(offset - 8, $"an IHDR of {data.Length} bytes", "13");
                _header = PngHeader.Read(data.Span, offset, file);
                break;
            case "PLTE":
                if (data.Length is 0 or > 768 || data.Length % 3 != 0) throw Broken(offset - 8, $"a PLTE of {data.Length} bytes", "3 to 768 in steps of 3");
                _palette = data.ToArray();
                break;
            case "tRNS":
                _transparency = Transparency(data.ToArray(), offset);
                break;
            case "IDAT":
                if (_firstData < 0) _firstData = offset;
                _packed.Write(data.Span);
                break;
            case "IEND":
                break;
            default:
                if (char.IsAsciiLetterUpper(type[0])) throw Broken(offset - 4, $"the critical chunk {type}", "IHDR, PLTE, IDAT and IEND");
                break;
        }
    }

    private byte[] Transparency(byte[] data, int offset)
    {
        var (length, allowed) = _header.Color switch
        {
            PngColor.Grey => (data.Length == 2, "2"),
            PngColor.Rgb => (data.Length == 6, "6"),
            PngColor.Palette => (data.Length <= _palette.Length / 3, $"at most {_palette.Length / 3}, one a palette entry"),
            _ => (false, "no tRNS where pixels have alpha"),
        };
        return length ? data : throw Broken(offset - 8, $"a tRNS of {data.Length} bytes", allowed);
    }

    private Image Unpack()
    {
        _packed.Position = 0;
        using var zlib = new ZLibStream(_packed, CompressionMode.Decompress);
        var pixels = new uint[_header.Width * _header.Height];
        var colors = new PngColors(_header, _palette, _transparency);
        var (line, above) = (new byte[1 + _header.RowBytes], new byte[1 + _header.RowBytes]);
        for (var y = 0; y < _header.Height; y++)
        {
            Fill(zlib, line, y);
            if (line[0] > PngFilter.Paeth) throw Broken(_firstData, $"the filter {line[0]} in row {y}", "0 to 4");
            PngFilter.Undo(line[0], line.AsSpan(1), above.AsSpan(1), _header.Step);
            if (!colors.Convert(line.AsSpan(1), pixels.AsSpan(y * _header.Width, _header.Width), out var index))
                throw Broken(_firstData, $"the palette index {index} in row {y}", $"0 to {_palette.Length / 3 - 1}");
            (line, above) = (above, line);
        }

        return new Image(_header.Width, _header.Height, pixels);
    }

    private void Fill(ZLibStream zlib, byte[] line, int y)
    {
        try
        {
            var got = zlib.ReadAtLeast(line, line.Length, throwOnEndOfStream: false);
            if (got < line.Length) throw Broken(_firstData, $"the end of the packed data in row {y}", $"{_header.Height} rows of {line.Length} bytes");
        }
        catch (InvalidDataException e)
        {
            throw Broken(_firstData, $"packed data that is damaged in row {y} ({e.Message})", "a zlib stream");
        }
    }

    private ImageException Broken(int offset, string found, string allowed) => new(file, offset, found, allowed);
}
