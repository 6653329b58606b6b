using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using DrmActors.Hosting;
using DrmActors.Hosting.Control;
using DrmActors.Messages;

namespace DrmActors.Cli.Control;

/// <summary>
/// What happens to boards while they run: a file with a line for each thing, "TIME WORDS", the time from the start (500ms, 2s, 1.5m) and the words
/// those of <c>drm ctl</c>. "#" begins a comment; files that it names are beside it.
/// </summary>
internal sealed partial class Scenario
{
    private readonly List<(TimeSpan At, int Line, ControlCommand Command)> _steps = [];
    private readonly string _file;

    private Scenario(string file) => _file = file;

    /// <exception cref="UsageException">A line that cannot be: file, line, what was found, what is allowed.</exception>
    public static Scenario Load(string file)
    {
        var scenario = new Scenario(file);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--scenario {file}", e.Message, "a readable file");
        }

        for (var i = 0; i < lines.Length; i++)
            scenario.Add(lines[i].Split('#')[0].Trim(), i + 1);
        scenario._steps.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Line.CompareTo(b.Line));
        return scenario;
    }

    /// <summary>Does what the file says, when it says so, in the time of the host; ends with the last line.</summary>
    /// <param name="failed">Told of what could not be done; the rest goes on.</param>
    public async Task RunAsync(DrmHost host, Action<string> failed, CancellationToken cancellationToken)
    {
        var start = host.Clock.Now;
        foreach (var (at, line, command) in _steps)
        {
            var due = start + (at.Ticks * TimeSpan.NanosecondsPerTick);
            if (due > host.Clock.Now)
                await Task.Delay(new TimeSpan((due - host.Clock.Now) / TimeSpan.NanosecondsPerTick), host.Clock, cancellationToken);
            try
            {
                await command.RunAsync(host);
            }
            catch (Exception e) when (e is ControlException or DrmException)
            {
                failed($"{_file}:{line}: {e.Message}");
            }
        }
    }

    private void Add(string text, int line)
    {
        if (text.Length == 0)
            return;
        var words = CommandLineParser.SplitCommandLine(text).ToArray();
        if (Time().Match(words[0]) is not { Success: true } time)
            throw Broken(line, words[0], "a time, as 500ms, 2s or 1.5m");
        ControlCommand? made = null;
        var root = new RootCommand();
        foreach (var word in new ControlWords(Path.GetDirectoryName(Path.GetFullPath(_file))!, (_, command) => Take(command())).All())
            root.Add(word);
        var parsed = root.Parse(words[1..], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            throw Broken(line, string.Join(' ', words[1..]), string.Join(' ', parsed.Errors.Select(e => e.Message)));
        try
        {
            parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken(line, e.Message, "a readable file");
        }

        _steps.Add((TimeOf(time), line, made ?? throw Broken(line, text, "a command of drm ctl")));

        int Take(ControlCommand command)
        {
            made = command;
            return ExitCodes.Success;
        }
    }

    private UsageException Broken(int line, string found, string allowed) => new($"{_file}:{line}", found, allowed);

    private static TimeSpan TimeOf(Match time)
    {
        var number = double.Parse(time.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return time.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromSeconds(number),
        };
    }

    [GeneratedRegex(@"^(?<number>\d{1,9}(\.\d{1,9})?)(?<unit>ms|s|m)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
