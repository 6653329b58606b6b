using System;
using Akka.Configuration.Parsing;

namespace Hocon;

/// <summary>A document that does not hold what is asked of it.</summary>
public class HoconException : Exception
{
    public HoconException(string message) : base(message)
    {
    }

    public HoconException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A value that is missing or of the wrong kind.</summary>
public class HoconValueException : HoconException
{
    public HoconValueException(string message, string failPath, Exception innerException) : base(message, innerException) =>
        FailPath = failPath;

    /// <summary>The path that was asked for.</summary>
    public string FailPath { get; }
}

/// <summary>Text that is not HOCON; line and position count from 1.</summary>
public sealed class HoconParserException : Exception
{
    public HoconParserException()
    {
    }

    public HoconParserException(string message) : base(message)
    {
    }

    public HoconParserException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal HoconParserException(SyntaxException e) : base(e.Message, e)
    {
        LineNumber = e.Position.Line;
        LinePosition = e.Position.Column;
    }

    public int LineNumber { get; }

    public int LinePosition { get; }
}

/// <summary>A configuration that cannot be used.</summary>
public class ConfigurationException : Exception
{
    public ConfigurationException(string message) : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception) : base(message, exception)
    {
    }

    public static ConfigurationException NullOrEmptyConfig<T>(string path = null) =>
        new($"Failed to instantiate {typeof(T).Name}: {(string.IsNullOrEmpty(path) ? "the configuration" : path)} is null or empty.");
}
