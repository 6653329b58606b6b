using System;
using System.Collections.Generic;
using Xunit;

namespace Akka.TestKit.Xunit2;

/// <summary>Failed expectations as xunit's own failures.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object[] args) => Assert.Fail(Text(format, args));

    public void AssertTrue(bool condition, string format = "", params object[] args) => Assert.True(condition, Text(format, args));

    public void AssertFalse(bool condition, string format = "", params object[] args) => Assert.False(condition, Text(format, args));

    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args) =>
        AssertEqual(expected, actual, EqualityComparer<T>.Default.Equals, format, args);

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (comparer(expected, actual))
            return;
        Assert.Fail($"{Text(format, args)}{Environment.NewLine}Expected: {Shown(expected)}{Environment.NewLine}Actual:   {Shown(actual)}");
    }

    private static string Shown(object value) => value is null ? "null" : $"{value} ({value.GetType().FullName})";

    private static string Text(string format, object[] args) => args is { Length: > 0 } ? string.Format(format, args) : format;
}
