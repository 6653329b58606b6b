using System.Text;
using DrmActors.Cli.Native;

namespace DrmActors.Cli.Running;

/// <summary>Whether the client library can be loaded into a program, seen from its file.</summary>
/// <param name="Obstacle">Why not; null where nothing is in its way.</param>
/// <param name="First">A library that must be loaded before all others: the run time of AddressSanitizer. Null for none.</param>
internal sealed record Preload(string? Obstacle, string? First)
{
    private const int InterpretersAtMost = 4;
    private const int ScriptLineAtMost = 256;
    private static readonly Preload Free = new(null, null);

    public static Preload Look(string program)
    {
        for (var i = 0; i < InterpretersAtMost; i++)
        {
            try
            {
                using var file = File.OpenRead(program);
                if (InterpreterOf(file) is not { } interpreter)
                    return Obstacles(program, ElfFile.Read(file));
                program = interpreter;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever may execute and not read it sees what comes of it.
                return Free;
            }
        }

        return Free;
    }

    // The kernel's rule: "#!", spaces, the path until the next space.
    private static string? InterpreterOf(FileStream file)
    {
        var bytes = new byte[ScriptLineAtMost];
        var line = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        if (!line.StartsWith("#!"u8))
            return null;
        var text = Encoding.UTF8.GetString(line[2..]).Split('\n')[0].Trim(' ', '\t');
        return text.Length == 0 ? null : text.Split(' ', '\t')[0];
    }

    private static Preload Obstacles(string program, ElfFile? elf)
    {
        if (elf is null)
            return Free;
        if (elf.Bits != 64)
            return Stop(program, $"is a program of {elf.Bits} bits, and the client library has 64", "Build it for 64 bits");
        if (elf.Machine != ElfFile.OwnMachine)
            return Stop(program, $"is a program for another processor (machine {elf.Machine} of elf.h, here it is {ElfFile.OwnMachine})", "Build it for this one");
        if (!elf.Interpreter)
            return Stop(program, "is linked statically, so that no library can be loaded into it", "Link it dynamically");
        if (ChangesUser(program))
            return Stop(program, "runs with another user's or more rights (setuid, setgid or capabilities), and the system loads no library of ours into such", "Run a copy of it");
        return new Preload(null, elf.Needed.FirstOrDefault(name => name.StartsWith("libasan.so", StringComparison.Ordinal)));
    }

    private static Preload Stop(string program, string why, string advice) => new($"{program} {why}: it would see no card. {advice}", null);

    private static bool ChangesUser(string program)
    {
        var mode = File.GetUnixFileMode(program);
        return (Posix.OwnerOf(program) is var (user, group)
                && ((mode.HasFlag(UnixFileMode.SetUser) && user != Posix.EffectiveUser)
                    || (mode.HasFlag(UnixFileMode.SetGroup) && group != Posix.EffectiveGroup)))
            || (Posix.EffectiveUser != 0 && Posix.HasCapabilities(program));
    }
}
