using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>The lines "freq: 60.00Hz" that modetest and vbltest print, one for each second of vblanks.</summary>
internal static class Frequencies
{
    private const int Fewest = 5;
    private const int Most = 60;

    /// <summary>
    /// Of the second that was disturbed least: what else runs on the machine lets a second begin late, or end late, and so look longer or shorter than it was;
    /// more are looked at until one is as it should be. The first counts from before the first vblank, and is left out.
    /// </summary>
    public static async Task<double> NearestAsync(Process program, double wanted, double near)
    {
        await NextAsync(program);
        var nearest = 0.0;
        for (var seconds = 0; seconds < Fewest || (Math.Abs(nearest - wanted) > near && seconds < Most); seconds++)
            if (await NextAsync(program) is var rate && Math.Abs(rate - wanted) < Math.Abs(nearest - wanted))
                nearest = rate;
        return nearest;
    }

    private static async Task<double> NextAsync(Process program)
    {
        while (await program.StandardError.ReadLineAsync() is { } line)
            if (Regex.Match(line, "freq: (?<hz>[0-9.]+)Hz", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match)
                return double.Parse(match.Groups["hz"].Value, CultureInfo.InvariantCulture);
        throw new EndOfStreamException("The program has ended.");
    }
}
