using System.Text;
using DrmActors.Hardware.Images;

namespace DrmActors.Hardware.Tests.Images;

public class BrokenImageTests
{
    public static TheoryData<string, byte[], long, string, string> Broken()
    {
        PngBuilder Grey() => new PngBuilder().Header(2, 2, 8, 0);
        byte[] Whole() => Grey().Data(0, 1, 2, 0, 3, 4).End().Bytes;
        byte[] With(byte[] bytes, int at, byte value)
        {
            bytes[at < 0 ? bytes.Length + at : at] = value;
            return bytes;
        }

        return new TheoryData<string, byte[], long, string, string>
        {
            { "empty", [], 0, "an empty file", "PNG" },
            { "gif", "GIF89a....."u8.ToArray(), 0, "47 49 46 38 39 61 2e 2e", "PPM" },
            { "only the signature", new PngBuilder().Bytes, 8, "the end of the file", "IEND" },
            { "no end", Grey().Data(0, 1, 2, 0, 3, 4).Bytes, Grey().Data(0, 1, 2, 0, 3, 4).Bytes.Length, "the end of the file", "IEND" },
            { "a long chunk", With(Whole(), 8, 0x7f), 8, "a chunk of 2130706445 bytes", "what is left" },
            { "a chunk longer than int", With(Whole(), 8, 0xff), 8, "a chunk of 4278190093 bytes", "what is left" },
            { "a changed header", With(Whole(), 19, 3), 29, "of IHDR", "" },
            { "a bad last CRC", With(Whole(), -1, 0), Whole().Length - 4, "the CRC ae426000 of IEND", "ae426082" },
            { "no header", new PngBuilder().Data(0).End().Bytes, 12, "a first chunk IDAT", "IHDR" },
            { "two headers", Grey().Header(1, 1, 8, 0).End().Bytes, 37, "a second IHDR", "one" },
            { "a short header", new PngBuilder().Chunk("IHDR", 1, 2).End().Bytes, 8, "an IHDR of 2 bytes", "13" },
            { "width 0", new PngBuilder().Header(0, 1, 8, 0).End().Bytes, 16, "a width of 0", "1 to 8192" },
            { "a huge height", new PngBuilder().Header(1, uint.MaxValue, 8, 0).End().Bytes, 20, "a height of 4294967295", "1 to 8192" },
            { "colour type 5", new PngBuilder().Header(1, 1, 8, 5).End().Bytes, 25, "the colour type 5", "0, 2, 3, 4 or 6" },
            { "depth 3", new PngBuilder().Header(1, 1, 3, 0).End().Bytes, 24, "3 bits a sample", "1, 2, 4, 8 or 16" },
            { "depth 16 with palette", new PngBuilder().Header(1, 1, 16, 3).End().Bytes, 24, "16 bits a sample for the colour type 3", "1, 2, 4 or 8" },
            { "depth 4 in colour", new PngBuilder().Header(1, 1, 4, 2).End().Bytes, 24, "4 bits", "8 or 16" },
            { "compression 1", new PngBuilder().Header(1, 1, 8, 0, compression: 1).End().Bytes, 26, "the compression method 1", "0" },
            { "filter method 1", new PngBuilder().Header(1, 1, 8, 0, filter: 1).End().Bytes, 27, "the filter method 1", "0" },
            { "interlaced", new PngBuilder().Header(1, 1, 8, 0, interlace: 1).End().Bytes, 28, "the interlace method 1", "interlaced pictures are not read" },
            { "a critical stranger", Grey().Chunk("ABCD").End().Bytes, 37, "the critical chunk ABCD", "IHDR" },
            { "no letters", Grey().Chunk("1234").End().Bytes, 37, "the chunk type 31323334", "letters" },
            { "a palette of 4 bytes", Grey().Chunk("PLTE", 1, 2, 3, 4).End().Bytes, 33, "a PLTE of 4 bytes", "3 to 768" },
            { "tRNS with alpha", new PngBuilder().Header(1, 1, 8, 4).Chunk("tRNS", 1, 2).End().Bytes, 33, "a tRNS of 2 bytes", "no tRNS" },
            { "tRNS before the palette", new PngBuilder().Header(1, 1, 8, 3).Chunk("tRNS", 1).End().Bytes, 33, "a tRNS of 1 bytes", "at most 0" },
            { "a short tRNS", Grey().Chunk("tRNS", 1).End().Bytes, 33, "a tRNS of 1 bytes", "2" },
            { "no data", Grey().End().Bytes, 45, "IEND without IDAT", "pixels" },
            { "no palette", new PngBuilder().Header(1, 1, 8, 3).Data(0, 0).End().Bytes, 41, "a palette picture without PLTE", "a palette" },
            { "an index too high", new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", 1, 2, 3).Data(0, 1).End().Bytes, 56, "the palette index 1 in row 0", "0 to 0" },
            { "filter 5", Grey().Data(0, 1, 2, 5, 3, 4).End().Bytes, 41, "the filter 5 in row 1", "0 to 4" },
            { "a row too few", Grey().Data(0, 1, 2, 0, 3).End().Bytes, 41, "the end of the packed data in row 1", "2 rows of 3 bytes" },
            { "no zlib", Grey().Chunk("IDAT", 1, 2, 3, 4).End().Bytes, 41, "packed data that is damaged in row 0", "a zlib stream" },
            { "a bad sum over the pixels", Grey().Chunk("IDAT", BadAdler([0, 1, 2, 0, 3, 4])).End().Bytes, 41, "packed data that is damaged", "a zlib stream" },
            { "the same, many rows", new PngBuilder().Header(999, 300, 8, 0).Chunk("IDAT", BadAdler(Noise(300_000))).End().Bytes, 41, "packed data that is damaged", "a zlib stream" },
            { "P6 without size", "P6"u8.ToArray(), 2, "the end of the file", "a width" },
            { "P6 with letters", "P6 4 x"u8.ToArray(), 5, "byte 0x78", "a height" },
            { "P6 of width 0", "P6 0 4 255 "u8.ToArray(), 3, "a width of 0", "1 to 8192" },
            { "P6 of a huge width", "P6 99999999999999999999 4 255 "u8.ToArray(), 3, "a width of", "1 to 8192" },
            { "P6 with 65536 levels", "P6 1 1 65536 "u8.ToArray(), 7, "a largest value of 65536", "1 to 65535" },
            { "P6 without a blank", "P6 1 1 255#"u8.ToArray(), 10, "byte 0x23", "one blank" },
            { "P6 too short", "P6 1 2 255\nabcde"u8.ToArray(), 16, "the end of the file after 5 bytes of pixels", "6 bytes" },
            { "P6 with a sample too bright", "P6 1 1 9\n\x01\x0a\x03"u8.ToArray(), 10, "the sample 10", "0 to 9" },
            { "P3 too short", "P3 1 1 255 1 2"u8.ToArray(), 14, "the end of the file", "a sample" },
            { "P3 with a sample too bright", "P3 1 1 9 1 2 10"u8.ToArray(), 13, "a sample of 10", "0 to 9" },
        };

        static byte[] Noise(int length)
        {
            var rows = new byte[length];
            new Random(2).NextBytes(rows);
            for (var i = 0; i < length; i += 1000)
                rows[i] = 0;
            return rows;
        }

        static byte[] BadAdler(byte[] rows)
        {
            var packed = PngBuilder.Pack(rows);
            packed[^1] ^= 1;
            return packed;
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_file_should_tell_file_offset_found_and_allowed(string name, byte[] bytes, long offset, string found, string allowed)
    {
        var broken = Assert.Throws<ImageException>(() => ImageFile.Read(bytes, name));
        Assert.Equal((name, offset), (broken.File, broken.Offset));
        Assert.Contains(found, broken.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, broken.Allowed, StringComparison.Ordinal);
        Assert.Equal($"{name}: byte {offset}: found {broken.Found}; allowed: {broken.Allowed}", broken.Message);
    }

    [Fact]
    public void Any_damage_should_give_an_image_or_an_image_exception()
    {
        var png = new PngBuilder().Header(4, 4, 8, 2).Data(new byte[4 * 13]).End().Bytes;
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = (i % 2 == 0 ? png : Encoding.ASCII.GetBytes("P3 2 2 255 1 2 3 4 5 6 7 8 9 10 11 12")).ToArray();
            bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(2, bytes.Length + 1)];
            var e = Record.Exception(() => ImageFile.Read(bytes, "damaged"));
            Assert.True(e is null or ImageException, e?.ToString());
        }
    }

    [Fact]
    public void Missing_file_should_say_which() =>
        Assert.Contains("no-such.png", Assert.Throws<FileNotFoundException>(() => ImageFile.Read("no-such.png")).Message, StringComparison.Ordinal);
}
