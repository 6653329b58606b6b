using System.Reflection;
using Akka.Configuration;

namespace Akka.Util;

/// <summary>Makes objects that a configuration names by type.</summary>
internal static class TypeNames
{
    public static T Create<T>(string name, params object[] arguments) where T : class
    {
        try
        {
            return (T)Activator.CreateInstance(Find(name), arguments);
        }
        catch (TargetInvocationException e)
        {
            throw new ConfigurationException($"'{name}' could not be made: {e.InnerException.Message}", e.InnerException);
        }
        catch (MissingMethodException e)
        {
            throw new ConfigurationException($"'{name}' has no constructor ({string.Join(", ", arguments.Select(a => a?.GetType().Name))}).", e);
        }
    }

    /// <summary>The type of that assembly-qualified name; the runtime's own types are found whatever assembly the name says.</summary>
    public static Type Find(string name) =>
        Type.GetType(name, throwOnError: false)
        ?? typeof(TypeNames).Assembly.GetType(name.Split(',')[0].Trim(), throwOnError: false)
        ?? throw new ConfigurationException($"The type '{name}' cannot be found.");
}
