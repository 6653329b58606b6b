using System.Collections.Concurrent;
using System.Reflection;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tracing;

/// <summary>The fields of a record, found once a type.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private RecordShape(Type type)
    {
        Name = UapiNames.OfConstant(type.Name.EndsWith("Event", StringComparison.Ordinal) ? type.Name[..^"Event".Length] : type.Name);
        // What a record is made of is its content, or what it can be given where that is nothing; the rest is said about it, or worked out.
        var parts = type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        Fields = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && (parts.Count == 0 || parts.Contains(p.Name)))
            // Whose call it is, its line begins with.
            .Where(p => p.PropertyType != typeof(Caller))
            // The host's number of what a client gets under one of its own.
            .Where(p => p.PropertyType != typeof(Descriptor) || !type.IsAssignableTo(typeof(IMakesDescriptors)))
            .Select(p => new Field(UapiNames.OfProperty(p.Name), FieldFormats.Of(p), p))];
        Id = type.IsValueType && Fields is [{ Property.Name: "Value" or "Number" } only] ? only.Property : null;
    }

    /// <summary>As FLIP_COMPLETE of a FlipCompleteEvent.</summary>
    public string Name { get; }

    public Field[] Fields { get; }

    /// <summary>What an id's number is in; null for what is no id.</summary>
    public PropertyInfo? Id { get; }

    public static RecordShape Of(Type type) => Known.GetOrAdd(type, static t => new RecordShape(t));

    internal sealed record Field(string Name, FieldFormat Format, PropertyInfo Property)
    {
        public object? Of(object record) => Property.GetValue(record);
    }
}
