using System.Globalization;
using DrmActors.Simulation;
using DrmActors.Simulation.Stressing;
using Spectre.Console;

namespace DrmActors.Cli.Stressing;

/// <summary>The figures of a stress run, as a table that is drawn again and again, and as lines.</summary>
internal static class StressText
{
    // Of a terminal of 80 columns; wider ones show the same.
    private const int Columns = 78;

    public static Table Table(StressFigures figures)
    {
        var table = new Table().Border(TableBorder.Rounded).Width(Columns).HideHeaders().AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var (name, value) in Rows(figures))
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        return table.AddRow("held now", Text($"{figures.Held.Objects:n0} objects, {figures.Held.Pages:n0} pages, {figures.Held.Mappings:n0} mappings"));
    }

    public static string Summary(string head, StressResult result)
    {
        var rows = Rows(result.Figures).Select(r => $"{r.Name}: {r.Value}");
        var end = result.Broken is { } broken ? $"broken: {broken}" : "every promise kept";
        return $"{head}\n{string.Join("\n", rows)}\n{result.Leaks}\n{end}";
    }

    private static IEnumerable<(string Name, string Value)> Rows(StressFigures figures)
    {
        yield return ("calls", Text($"{figures.Calls:n0} in {figures.Elapsed.TotalSeconds:f1} s and {figures.Rounds} rounds, {figures.Rate:n0} a second"));
        yield return ("latency", Text($"p50 {figures.Latency.P50:n0} us, p99 {figures.Latency.P99:n0} us, max {figures.Latency.Max:n0} us"));
        yield return ("clients", Text($"slowest {figures.Clients.Slowest:n0} calls, median {figures.Clients.Median:n0}: {figures.Clients.Fairness:f2}"));
        yield return ("answers", Counts(figures.Errors));
        if (figures.Faults.Count > 0)
            yield return ("faults", Counts(figures.Faults.Where(f => f.Value > 0)));
        if (figures.NeverHappened.Any())
            yield return ("never happened", string.Join(", ", figures.NeverHappened));
    }

    private static string Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => Text($"{c.Key} {c.Value:n0}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
