using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace DrmActors.Bridge.Tests.Wire;

/// <summary>Everything that src/Shim/wire.h defines, by name, as the C compiler sees it: constants as numbers or text, structs as bytes, fields as offset and bytes.</summary>
internal static partial class WireHeader
{
    private static string File => Path.Combine(AppContext.BaseDirectory, "clients", "wire.h");

    public static SortedDictionary<string, string> Facts()
    {
        using var program = Process.Start(new ProcessStartInfo(CClients.Compile("wire-facts", Program(), $"-I{Path.GetDirectoryName(File)}"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var facts = program.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'));
        program.WaitForExit();
        return new(facts.ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Program()
    {
        var header = Comments().Replace(System.IO.File.ReadAllText(File), "");
        var text = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include \"wire.h\"\nint main(void)\n{\n");
        foreach (Match define in Defines().Matches(header))
            Print(define.Groups["name"].Value, define.Groups["value"].Value[0] == '"' ? "%s" : "%llu", define.Groups["name"].Value);
        foreach (Match body in Enums().Matches(header))
            foreach (Match member in Members().Matches(body.Groups["body"].Value))
                Print(member.Value, "%llu", member.Value);
        foreach (Match body in Structs().Matches(header))
        {
            var name = body.Groups["name"].Value;
            Print(name, "%llu", $"sizeof(struct {name})");
            foreach (Match field in Fields().Matches(body.Groups["body"].Value))
                Print($"{name}.{field.Value}", "%llu+%llu", $"offsetof(struct {name}, {field.Value})", $"sizeof(((struct {name} *)0)->{field.Value})");
        }

        return text.Append("return 0;\n}\n").ToString();

        void Print(string name, string format, params string[] values) => text.Append(
            $"printf(\"{name}\\t{format}\\n\", {string.Join(", ", values.Select(v => format == "%s" ? v : $"(unsigned long long)({v})"))});\n");
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^#define (?<name>WIRE_\w+) +(?<value>\S.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Defines();

    [GeneratedRegex(@"enum wire_\w+ \{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Enums();

    [GeneratedRegex(@"WIRE_\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Members();

    [GeneratedRegex(@"struct (?<name>wire_\w+) \{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Structs();

    // The name before its array's brackets, a comma or the end of the declaration.
    [GeneratedRegex(@"\w+(?=(\[\w+\])?[,;])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fields();
}
