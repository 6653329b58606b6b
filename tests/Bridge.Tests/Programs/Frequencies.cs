using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>The lines "freq: 60.00Hz" that modetest and vbltest print, one for each second of vblanks.</summary>
internal static class Frequencies
{
    /// <summary>
    /// Of the second that was disturbed least: what else runs on the machine makes frames late, and none early. The first counts from before the
    /// first vblank, and is left out.
    /// </summary>
    public static async Task<double> BestAsync(Process program)
    {
        var rates = await ReadAsync(program, 6);
        return rates[1..].Max();
    }

    private static async Task<double[]> ReadAsync(Process program, int count)
    {
        var found = new List<double>();
        while (found.Count < count && await program.StandardError.ReadLineAsync() is { } line)
            if (Regex.Match(line, "freq: (?<hz>[0-9.]+)Hz", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match)
                found.Add(double.Parse(match.Groups["hz"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(count, found.Count);
        return [.. found];
    }
}
