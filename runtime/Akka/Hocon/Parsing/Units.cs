using System;
using System.Globalization;
using System.Threading;

namespace Akka.Configuration.Parsing;

/// <summary>Durations and sizes: a number and a unit. Each returns false where the text is neither.</summary>
internal static class Units
{
    /// <summary>Without a unit milliseconds; <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public static bool TryTimeSpan(string text, bool allowInfinite, out TimeSpan result)
    {
        result = Timeout.InfiniteTimeSpan;
        if (text is "infinite")
            return allowInfinite;
        if (!TrySplit(text, out var number, out var unit) || number < 0)
            return false;
        var ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => number / TimeSpan.NanosecondsPerTick,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => number * TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => number * TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => number * TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => number * TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => number * TimeSpan.TicksPerHour,
            "d" or "day" or "days" => number * TimeSpan.TicksPerDay,
            _ => decimal.MinusOne,
        };
        if (ticks < 0 || ticks > long.MaxValue)
            return false;
        result = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Without a unit bytes; <c>kB</c>, <c>MB</c> count by 1000, <c>k</c>, <c>K</c>, <c>Ki</c>, <c>KiB</c> by 1024.</summary>
    public static bool TryByteSize(string text, out long result)
    {
        result = 0;
        if (!TrySplit(text, out var number, out var unit))
            return false;
        decimal factor = unit switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1_000,
            "MB" or "megabyte" or "megabytes" => 1_000_000,
            "GB" or "gigabyte" or "gigabytes" => 1_000_000_000,
            "TB" or "terabyte" or "terabytes" => 1_000_000_000_000,
            "k" or "K" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "m" or "M" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "g" or "G" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "t" or "T" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            _ => 0,
        };
        var bytes = number * factor;
        if (factor == 0 || bytes < long.MinValue || bytes > long.MaxValue)
            return false;
        result = (long)bytes;
        return true;
    }

    private static bool TrySplit(string text, out decimal number, out string unit)
    {
        text = (text ?? "").Trim();
        var letters = text.Length;
        while (letters > 0 && char.IsAsciiLetter(text[letters - 1]))
            letters--;
        unit = text[letters..];
        // Within these digits no factor above overflows a decimal.
        return decimal.TryParse(text.AsSpan(0, letters), NumberStyles.Float & ~NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && Math.Abs(number) < 1e13m * 1e3m;
    }
}
