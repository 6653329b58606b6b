using System.IO;
using System.Reflection;
using Akka.Configuration.Parsing;

namespace Akka.Configuration;

/// <summary>Reads settings for actor systems. There are no defaults hidden in the assembly: <see cref="Default"/> is empty.</summary>
public class ConfigurationFactory
{
    public static Config Empty => ParseString("");

    public static Config ParseString(string hocon)
    {
        try
        {
            return new Config(Parser.Parse(hocon));
        }
        catch (SyntaxException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    public static Config Load() => Empty;

    public static Config Default() => Empty;

    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly as Assembly ?? instanceInAssembly.GetType().Assembly);

    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"The assembly {assembly.GetName().Name} has no resource '{resourceName}'.");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}
