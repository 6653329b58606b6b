using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>The lines "freq: 60.00Hz" that modetest and vbltest print, one for each second of vblanks.</summary>
internal static class Frequencies
{
    private const int Fewest = 5;
    private const int Most = 40;

    /// <summary>
    /// Of the second that was disturbed least: what else runs on the machine makes frames late, and none early, so more seconds are looked at until one is
    /// good enough. The first counts from before the first vblank, and is left out.
    /// </summary>
    public static async Task<double> BestAsync(Process program, double enough)
    {
        await NextAsync(program);
        var best = 0.0;
        for (var seconds = 0; seconds < Fewest || (best < enough && seconds < Most); seconds++)
            best = Math.Max(best, await NextAsync(program));
        return best;
    }

    private static async Task<double> NextAsync(Process program)
    {
        while (await program.StandardError.ReadLineAsync() is { } line)
            if (Regex.Match(line, "freq: (?<hz>[0-9.]+)Hz", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match)
                return double.Parse(match.Groups["hz"].Value, CultureInfo.InvariantCulture);
        throw new EndOfStreamException("The program has ended.");
    }
}
