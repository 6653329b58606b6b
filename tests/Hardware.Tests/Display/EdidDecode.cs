using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Display;

/// <summary>Debian's edid-decode: the independent reading that ours is held against.</summary>
internal static partial class EdidDecode
{
    /// <summary>Runs it and gives what it printed; its exit code only says whether the EDID conforms.</summary>
    internal static string Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("edid-decode", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output + errors.GetAwaiter().GetResult();
        }
        catch (Win32Exception)
        {
            var mayMiss = !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal);
            Skip.If(mayMiss, "edid-decode is not installed (apt-get install edid-decode)");
            throw;
        }
    }

    /// <summary>
    /// Every timing that a text names, as "1920x1080i 60.000000 Hz 74250 kHz", where double-clocked formats have their full width.
    /// </summary>
    internal static IEnumerable<string> Timings(string text) =>
        from Match match in TimingLine().Matches(text)
        let kilohertz = decimal.Parse(match.Groups["mhz"].Value, CultureInfo.InvariantCulture) * 1000
        select $"{match.Groups["size"].Value} {match.Groups["hz"].Value} Hz {kilohertz:0} kHz";

    /// <summary>The clock of the first timing in a text.</summary>
    internal static decimal Kilohertz(string text) =>
        decimal.Parse(TimingLine().Match(text).Groups["mhz"].Value, CultureInfo.InvariantCulture) * 1000;

    /// <summary>Our mode in the same words.</summary>
    internal static string Describe(ModeInfo mode)
    {
        var factor = mode.Flags.HasFlag(ModeFlags.DoubleClock) ? 2u : 1u;
        var period = FramePeriod.Of(mode);
        var hertz = period.Denominator * 1_000_000_000m / period.Numerator;
        var interlaced = mode.Flags.HasFlag(ModeFlags.Interlace) ? "i" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{mode.HDisplay * factor}x{mode.VDisplay}{interlaced} {decimal.Round(hertz, 6):0.000000} Hz {mode.Clock * factor} kHz");
    }

    /// <summary>Front porch, sync, back porch and polarity of the first timing in a text, as "48 32 80 P, 3 6 26 N".</summary>
    internal static string Blanking(string text) => string.Join(", ", BlankingLine().Matches(text).Take(2)
        .Select(match => $"{match.Groups["front"]} {match.Groups["sync"]} {match.Groups["back"]} {match.Groups["polarity"]}"));

    /// <summary>Our mode in the same words.</summary>
    internal static string BlankingOf(ModeInfo mode)
    {
        var horizontal = mode.Flags.HasFlag(ModeFlags.PHSync) ? 'P' : 'N';
        var vertical = mode.Flags.HasFlag(ModeFlags.PVSync) ? 'P' : 'N';
        return $"{mode.HSyncStart - mode.HDisplay} {mode.HSyncEnd - mode.HSyncStart} {mode.HTotal - mode.HSyncEnd} {horizontal}, "
            + $"{mode.VSyncStart - mode.VDisplay} {mode.VSyncEnd - mode.VSyncStart} {mode.VTotal - mode.VSyncEnd} {vertical}";
    }

    [GeneratedRegex(@"[HV]front\s+(?<front>\d+) [HV]sync\s+(?<sync>\d+) [HV]back\s+(?<back>\d+) [HV]pol (?<polarity>[PN])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex BlankingLine();

    [GeneratedRegex(@":[ \t]+(?<size>\d+x\d+i?)\s+(?<hz>\d+\.\d{6}) Hz\s+\S+\s+[\d.]+ kHz\s+(?<mhz>\d+\.\d{6}) MHz",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TimingLine();
}
