using System.Diagnostics;
using System.Text;

namespace DrmActors.Messages.Tests.Abi;

/// <summary>Asks the C compiler: a program that prints the value of each fact's expression, a line each, in their order.</summary>
internal static class CCompiler
{
    public const string NotCovered = "-";

    private const string Headers = """
        #include <stddef.h>
        #include <stdio.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <sys/ioctl.h>
        #include <drm.h>
        #include <drm_mode.h>
        #include <linux/dma-buf.h>
        #include <linux/sync_file.h>
        #include <xf86drmMode.h>

        """;

    /// <summary>Why facts cannot be asked here; null where they can.</summary>
    public static string? Unavailable()
    {
        try
        {
            return Run("cc", ["--version"]).Exit != 0 ? "cc does not run"
                : File.Exists("/usr/include/libdrm/drm.h") && File.Exists("/usr/include/xf86drmMode.h") ? null
                : "libdrm's headers are not installed (Debian: libdrm-dev)";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no C compiler called cc";
        }
    }

    public static string[] Evaluate(IReadOnlyList<AbiFact> facts)
    {
        string folder = Directory.CreateTempSubdirectory("drm-abi-").FullName;
        try
        {
            string source = Path.Combine(folder, "abi.c");
            string program = Path.Combine(folder, "abi");
            File.WriteAllText(source, Program(facts));
            (int exit, _, string errors) = Run("cc", ["-I/usr/include/libdrm", "-o", program, source]);
            return exit == 0
                ? Run(program, []).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                : throw new InvalidOperationException($"cc failed:\n{errors}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Program(IEnumerable<AbiFact> facts)
    {
        var text = new StringBuilder(Headers).Append("int main(void)\n{\n");
        foreach (AbiFact fact in facts)
        {
            string print = $"printf(\"%lld\\n\", (long long)({fact.Expression}));\n";
            text.Append(fact.Macro is null ? print : $"#ifdef {fact.Macro}\n{print}#else\nputs(\"{NotCovered}\");\n#endif\n");
        }

        return text.Append("return 0;\n}\n").ToString();
    }

    private static (int Exit, string Output, string Errors) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
