using System;
using System.Globalization;
using System.Numerics;
using Akka.Configuration.Parsing;

namespace Akka.Configuration;

/// <summary>Text to values, with the exceptions that callers of Akka's own reader know.</summary>
internal static class Values
{
    public static bool Boolean(string text) =>
        Scalars.TryBoolean(text, out var value) ? value : throw new NotSupportedException($"Unknown boolean format: {text}");

    public static T Number<T>(string text) where T : INumberBase<T> =>
        Scalars.TryNumber<T>(text, Style<T>(), out var value)
            ? value
            : throw new FormatException($"'{text}' is not a number of type {typeof(T).Name}.");

    public static TimeSpan TimeSpan(string text, bool allowInfinite) =>
        Units.TryTimeSpan(text, allowInfinite, out var value) ? value : throw new FormatException($"'{text}' is not a duration.");

    public static long ByteSize(string text) =>
        Units.TryByteSize(text, out var value) ? value : throw new FormatException($"'{text}' is not a size in bytes.");

    private static NumberStyles Style<T>() where T : INumberBase<T> =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(decimal) ? NumberStyles.Float : NumberStyles.Integer;
}
