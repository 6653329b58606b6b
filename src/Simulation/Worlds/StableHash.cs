using System.Collections.Concurrent;

namespace DrmActors.Simulation.Worlds;

/// <summary>Hashes that are the same in every process (FNV-1a).</summary>
internal static class StableHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private static readonly ConcurrentDictionary<Type, ulong> Types = new();

    public static ulong Of(string text)
    {
        var hash = Basis;
        foreach (var character in text)
            hash = (hash ^ character) * Prime;
        return hash;
    }

    public static ulong Of(Type type) => Types.GetOrAdd(type, static t => Of(t.ToString()));

    public static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Prime;
        return hash ^ (hash >> 29);
    }
}
