using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests;

/// <summary>Programs of the tests' own, compiled by the system's C compiler into a folder that goes with them.</summary>
public sealed class Programs : IDisposable
{
    /// <summary>Opens the first card, asks for a capability and prints its value.</summary>
    public const string AskCard = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <sys/ioctl.h>
        struct cap { unsigned long long capability, value; };
        int main(void)
        {
            struct cap cap = { 1, 0 };
            int fd = open("/dev/dri/card0", O_RDWR | O_CLOEXEC);
            if (fd < 0 || ioctl(fd, _IOWR('d', 0x0c, struct cap), &cap))
                return perror("card0"), 9;
            printf("dumb buffers: %llu\n", cap.value);
            return 0;
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-programs");

    public string Folder => _folder.FullName;

    public string Compile(string name, string source, params string[] options)
    {
        var program = Path.Combine(Folder, name);
        File.WriteAllText(program + ".c", source);
        var (code, _, error) = Run("cc", ["-Wall", "-o", program, .. options, program + ".c"], "");
        Assert.True(code == 0, error);
        return program;
    }

    public string Script(string name, string text)
    {
        var program = Path.Combine(Folder, name);
        File.WriteAllText(program, text);
        Execute(program, true);
        return program;
    }

    public static void Execute(string file, bool may) => Mode(file, may ? "755" : "644");

    public static void Mode(string file, string mode) => Assert.Equal(0, Run("chmod", [mode, file], "").Code);

    public void Dispose() => _folder.Delete(recursive: true);
}
