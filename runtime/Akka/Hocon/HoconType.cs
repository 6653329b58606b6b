namespace Hocon;

/// <summary>What a value holds. Unquoted text is a number or a boolean where it reads as one.</summary>
public enum HoconType
{
    Empty,
    Array,
    Object,
    Number,
    Boolean,
    String,
}
