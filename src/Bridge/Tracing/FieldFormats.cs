using System.Reflection;

namespace DrmActors.Bridge.Tracing;

/// <summary>How numbers of a field are written.</summary>
internal enum FieldFormat
{
    Decimal,

    /// <summary>Fake offsets, modifiers, user data: numbers that nobody counts with.</summary>
    Hex,

    /// <summary>Four letters, as XR24.</summary>
    Fourcc,
}

internal static class FieldFormats
{
    public static FieldFormat Of(PropertyInfo property) => property.Name switch
    {
        "PixelFormat" or "Formats" => FieldFormat.Fourcc,
        "UserData" or "Modifier" or "PossibleCrtcs" or "PossibleClones" or "Color" => FieldFormat.Hex,
        "Offset" when property.PropertyType == typeof(ulong) => FieldFormat.Hex,
        _ => FieldFormat.Decimal,
    };
}
