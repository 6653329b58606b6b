using System.IO;
using System.Reflection;
using System.Threading.Tasks;
using Akka.Configuration.Parsing;

namespace Hocon;

/// <summary>What an <c>include</c> names; without a word in front it is a file.</summary>
public enum HoconCallbackType
{
    File,
    Url,
    Resource,
}

/// <summary>Gives the text of an included document.</summary>
public delegate Task<string> HoconIncludeCallbackAsync(HoconCallbackType callbackType, string value);

/// <summary>Reads documents. Broken text throws <see cref="HoconParserException"/>.</summary>
public static class HoconConfigurationFactory
{
    public static Config Empty => Config.Empty;

    public static Config ParseString(string hocon) => ParseString(hocon, null);

    public static Config ParseString(string hocon, HoconIncludeCallbackAsync includeCallback)
    {
        if (string.IsNullOrWhiteSpace(hocon))
            return Config.Empty;
        try
        {
            return new Config(Parser.Parse(
                hocon,
                includeCallback is null ? null : name => includeCallback(HoconCallbackType.File, name).GetAwaiter().GetResult()));
        }
        catch (SyntaxException e)
        {
            throw new HoconParserException(e);
        }
    }

    public static Config FromFile(string filePath) => ParseString(File.ReadAllText(filePath));

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
