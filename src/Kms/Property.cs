using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>A property: a name, and what values it takes. Objects that share it have values of their own.</summary>
/// <param name="Id">0 before it is added to a configuration.</param>
/// <param name="Values">Least and greatest of a range, the object type of an object, each value of an enumeration, each bit's number of a bit mask.</param>
public sealed record Property(
    PropertyId Id,
    string Name,
    PropertyFlags Flags,
    ImmutableArray<ulong> Values,
    ImmutableArray<PropertyEnum> Enums) : IModeObject
{
    ObjectType IModeObject.Type => ObjectType.Property;

    public bool IsAtomic => Flags.HasFlag(PropertyFlags.Atomic);

    public bool IsImmutable => Flags.HasFlag(PropertyFlags.Immutable);

    public PropertyRole Role { get; } = PropertyRoles.Of(Name);

    public static Property OfRange(string name, ulong least, ulong greatest, PropertyFlags flags = PropertyFlags.None) =>
        new(default, name, flags | PropertyFlags.Range, [least, greatest], []);

    public static Property OfSignedRange(string name, long least, long greatest, PropertyFlags flags = PropertyFlags.None) =>
        new(default, name, flags | PropertyFlags.SignedRange, [(ulong)least, (ulong)greatest], []);

    public static Property OfBool(string name, PropertyFlags flags = PropertyFlags.None) => OfRange(name, 0, 1, flags);

    public static Property OfBlob(string name, PropertyFlags flags = PropertyFlags.None) =>
        new(default, name, flags | PropertyFlags.Blob, [], []);

    public static Property OfObject(string name, ObjectType type, PropertyFlags flags = PropertyFlags.None) =>
        new(default, name, flags | PropertyFlags.Object, [(ulong)type], []);

    /// <summary>An enumeration whose values count from 0.</summary>
    public static Property OfEnum(string name, PropertyFlags flags, params string[] names) =>
        OfEnum(name, flags, names.Select((n, i) => new PropertyEnum((ulong)i, n)));

    public static Property OfEnum(string name, PropertyFlags flags, IEnumerable<PropertyEnum> enums) =>
        new(default, name, flags | PropertyFlags.Enum, [.. enums.Select(e => e.Value)], [.. enums]);

    /// <param name="bits">Each bit's number and name.</param>
    public static Property OfBitmask(string name, IEnumerable<PropertyEnum> bits) =>
        new(default, name, PropertyFlags.Bitmask, [.. bits.Select(b => b.Value)], [.. bits]);
}

/// <summary>A property that an object has.</summary>
/// <param name="Initial">Its value for as long as no state says otherwise.</param>
public readonly record struct AttachedProperty(Property Property, ulong Initial);

/// <summary>Bytes with an id: a mode, an EDID, a table. It is there for as long as its file keeps it or a state refers to it.</summary>
/// <param name="Owner">The file's id; 0 for the device's own.</param>
public sealed record Blob(BlobId Id, ulong Owner, ImmutableArray<byte> Data) : IModeObject
{
    ObjectType IModeObject.Type => ObjectType.Blob;
}

/// <summary>What an id of a device's number space names.</summary>
public interface IModeObject
{
    ObjectType Type { get; }

    /// <summary>In the order in which they are told; of kinds that have none, empty.</summary>
    ImmutableArray<AttachedProperty> Properties => [];
}
