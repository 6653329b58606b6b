using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Whether a property takes a value from user space. Pure.</summary>
public static class PropertyValidation
{
    private const PropertyFlags Modifiers = PropertyFlags.Pending | PropertyFlags.Immutable | PropertyFlags.Atomic;

    public static bool Takes(KmsState state, Property property, ulong value) =>
        !property.Flags.HasFlag(PropertyFlags.Immutable)
        && (property.Flags & ~Modifiers) switch
        {
            PropertyFlags.Range => value >= property.Values[0] && value <= property.Values[1],
            PropertyFlags.SignedRange => (long)value >= (long)property.Values[0] && (long)value <= (long)property.Values[1],
            PropertyFlags.Enum => property.Values.Contains(value),
            PropertyFlags.Bitmask => (value & ~property.Values.Aggregate(0ul, (mask, bit) => mask | (1ul << (int)bit))) == 0,
            // 0 names none.
            PropertyFlags.Blob => value == 0 || NamesBlob(state, value),
            PropertyFlags.Object => value == 0 || Names(state, (ObjectType)property.Values[0], value),
            _ => false,
        };

    private static bool NamesBlob(KmsState state, ulong value) =>
        value <= uint.MaxValue && ModeObjectLookup.FindBlob(state, new BlobId((uint)value)) is not null;

    private static bool Names(KmsState state, ObjectType type, ulong value) =>
        value <= uint.MaxValue && ModeObjectLookup.Find(state, (uint)value, type) is not null;
}
