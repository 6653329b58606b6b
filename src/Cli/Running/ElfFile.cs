using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DrmActors.Cli.Running;

/// <summary>What a program's file says of how it is loaded. elf.h; 64 bits, least byte first.</summary>
/// <param name="Bits">32 or 64; the rest is known of 64 only.</param>
/// <param name="Machine">EM_*.</param>
/// <param name="Interpreter">Whether there is a dynamic linker (PT_INTERP).</param>
/// <param name="Needed">The libraries that it names (DT_NEEDED), in their order.</param>
internal sealed record ElfFile(int Bits, int Machine, bool Interpreter, IReadOnlyList<string> Needed)
{
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const int PT_LOAD = 1;
    private const int PT_DYNAMIC = 2;
    private const int PT_INTERP = 3;
    private const long DT_NEEDED = 1;
    private const long DT_STRTAB = 5;
    private const int LibraryNameAtMost = 256;
    private const int DynamicAtMost = 1 << 16;

    /// <summary>What a program must be to have the client library, which is this process's kind, loaded into it.</summary>
    public static int OwnMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 62,
        Architecture.Arm64 => 183,
        Architecture.RiscV64 => 243,
        _ => 0,
    };

    /// <summary>Null for what is no ELF file.</summary>
    public static ElfFile? Read(Stream file)
    {
        var header = new byte[HeaderBytes];
        if (Fill(file, 0, header) < 20 || !header.AsSpan().StartsWith("\u007fELF"u8))
            return null;
        var wide = header[4] == 2;
        var machine = header[5] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18)) : BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(18));
        if (!wide || machine != OwnMachine)
            return new ElfFile(wide ? 64 : 32, machine, false, []);
        var segments = Segments(file, header);
        return new ElfFile(64, machine, segments.Exists(s => s.Type == PT_INTERP), [.. Libraries(file, segments)]);
    }

    private static List<Segment> Segments(Stream file, byte[] header)
    {
        var (at, count) = (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)), BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56)));
        var segments = new List<Segment>();
        var bytes = new byte[ProgramHeaderBytes];
        for (var i = 0; i < count && Fill(file, at + ((long)i * ProgramHeaderBytes), bytes) == bytes.Length; i++)
        {
            segments.Add(new Segment(
                BinaryPrimitives.ReadInt32LittleEndian(bytes),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32))));
        }

        return segments;
    }

    private static IEnumerable<string> Libraries(Stream file, List<Segment> segments)
    {
        if (segments.Find(s => s.Type == PT_DYNAMIC) is not { } dynamic)
            yield break;
        var bytes = new byte[Math.Clamp(dynamic.Length, 0, DynamicAtMost)];
        var entries = MemoryMarshal.Cast<byte, (long Tag, long Value)>(bytes.AsSpan(0, Fill(file, dynamic.Offset, bytes) / 16 * 16)).ToArray();
        var names = Array.Find(entries, e => e.Tag == DT_STRTAB).Value;
        if (segments.Find(s => s.Type == PT_LOAD && names >= s.Address && names - s.Address < s.Length) is not { } holder)
            yield break;
        var name = new byte[LibraryNameAtMost];
        foreach (var (_, value) in entries.Where(e => e.Tag == DT_NEEDED))
        {
            var read = name.AsSpan(0, Fill(file, names - holder.Address + holder.Offset + value, name));
            yield return Encoding.UTF8.GetString(read.IndexOf((byte)0) is var end and >= 0 ? read[..end] : read);
        }
    }

    private static int Fill(Stream file, long at, Span<byte> bytes)
    {
        if (at < 0 || at > file.Length)
            return 0;
        file.Position = at;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
    }

    private sealed record Segment(int Type, long Offset, long Address, long Length);
}
