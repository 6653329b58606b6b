using System.Globalization;
using System.Reflection;
using DrmActors.Bench;
using Spectre.Console;

// Every class here whose name ends in "Benchmarks" has a static Run() that yields rows. An argument picks those whose name contains it.
var filter = args.Length > 0 ? args[0] : "";
var benchmarks = typeof(BenchRow).Assembly.GetTypes()
    .Where(t => t.Name.EndsWith("Benchmarks", StringComparison.Ordinal) && t.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
    .OrderBy(t => t.Name, StringComparer.Ordinal)
    .ToList();
if (benchmarks.Count == 0)
{
    Console.Error.WriteLine($"bench: found '{filter}'; allowed: a part of a benchmark's name, or nothing for all");
    return 2;
}

if (Console.IsOutputRedirected)
{
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
    AnsiConsole.Profile.Width = int.MaxValue;
}

var runtime = typeof(BenchRow).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ActorRuntime").Value;
AnsiConsole.WriteLine($"Actor runtime: {runtime}; {Environment.ProcessorCount} processors");
var table = new Table().Border(TableBorder.Markdown).AddColumns("what", "yardstick", "measured", "target", "met", "figures");
table.Columns[2].RightAligned();
table.Columns[3].RightAligned();
var missed = 0;
foreach (var benchmark in benchmarks)
{
    Console.Error.WriteLine($"{benchmark.Name} ...");
    var run = benchmark.GetMethod("Run", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
    foreach (var row in (IEnumerable<BenchRow>)run.Invoke(null, null)!)
    {
        missed += row.IsMet ? 0 : 1;
        Console.Error.WriteLine($"  {row.What}: {Format(row.Ratio)} ({row.Note})");
        table.AddRow(
            Markup.Escape(row.What),
            Markup.Escape(row.Yardstick),
            Format(row.Ratio),
            (row.IsBoundAbove ? "<= " : ">= ") + Format(row.Target),
            row.IsMet ? "[green]yes[/]" : "[red]no[/]",
            Markup.Escape(row.Note));
    }
}

AnsiConsole.Write(table);
return missed == 0 ? 0 : 1;

static string Format(double value) => value.ToString(value >= 1000 ? "N0" : "0.##", CultureInfo.InvariantCulture);
