using System.Reflection;
using Akka.Actor;

namespace DrmActors.Runtime.Tests.Api;

/// <summary>Which runtime these tests run on, and the repository's files.</summary>
internal static class Loaded
{
    /// <summary>The runtime that the build chose, as stamped into this assembly.</summary>
    public static string Stamp { get; } =
        typeof(Loaded).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ActorRuntime").Value!;

    /// <summary>The runtime that is really there.</summary>
    public static string Runtime { get; } = typeof(ActorSystem).Assembly.GetName().Name == "DrmActors.Runtime" ? "Embedded" : "Akka";

    /// <summary>Every assembly that stands in for, or is, one of the real packages.</summary>
    public static IEnumerable<Assembly> Assemblies { get; } = new[]
        {
            typeof(ActorSystem),
            typeof(global::Hocon.Config),
            typeof(global::Hocon.Config).BaseType!,
            typeof(Akka.TestKit.TestKitBase),
            typeof(Akka.TestKit.Xunit2.TestKit),
        }
        .Select(t => t.Assembly)
        .Distinct()
        .ToList();

    public static string Root { get; } = FindRoot();

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "DrmActors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
