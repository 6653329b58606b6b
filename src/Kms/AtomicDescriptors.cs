using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>The descriptors among the values of an atomic request: the sync files that its planes wait for.</summary>
public static class AtomicDescriptors
{
    /// <summary>In the request's order. -1 names none and is left out.</summary>
    public static ImmutableArray<Descriptor> Of(KmsState state, ModeAtomic call)
    {
        if (!call.Objects.Any(o => o.Properties.Any(p => IsDescriptor(state, p))))
            return [];
        return [.. call.Objects.SelectMany(o => o.Properties).Where(p => IsDescriptor(state, p)).Select(p => new Descriptor((int)p.Value))];
    }

    /// <summary>The same request with others, as many and in the same order.</summary>
    public static ModeAtomic With(KmsState state, ModeAtomic call, ImmutableArray<Descriptor> descriptors)
    {
        var next = 0;
        return call with { Objects = [.. call.Objects.Select(o => o with { Properties = [.. o.Properties.Select(Replace)] })] };

        PropertyValue Replace(PropertyValue property) =>
            IsDescriptor(state, property) ? property with { Value = (ulong)descriptors[next++].Number } : property;
    }

    // What is out of an int's range is refused as a value, before anybody looks for a file.
    private static bool IsDescriptor(KmsState state, PropertyValue property) =>
        property.Value <= int.MaxValue && state.Config.Find(property.Property)?.Role == PropertyRole.InFenceFd;
}
