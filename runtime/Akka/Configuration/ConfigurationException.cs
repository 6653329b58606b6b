using System;
using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A configuration that cannot be read, or does not hold what is asked of it.</summary>
public class ConfigurationException : AkkaException
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
