using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;

namespace DrmActors.Simulation.Tracing;

/// <summary>A message as a line of text that is the same in every run: actors by their paths, without what tells one run from another.</summary>
internal static class MessageText
{
    private const int Depth = 2;

    public static string Of(object message) => Of(message, Depth);

    public static string Of(IActorRef? actor) => actor is null || actor.Equals(ActorRefs.Nobody) ? "nobody" : actor.Path.ToStringWithoutAddress();

    private static string Of(object? value, int depth) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IActorRef actor => Of(actor),
        Enum or bool => value.ToString()!,
        Delegate => "...",
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ when SpellsItself(value.GetType()) => value.ToString()!,
        ICollection items => $"[{items.Count}]",
        _ => Members(value, depth),
    };

    // Ids and the like do; what the compiler writes for a record is not meant.
    private static bool SpellsItself(Type type) =>
        IsOurs(type) && type.GetMethod(nameof(ToString), Type.EmptyTypes) is { } spell
        && spell.DeclaringType == type && !spell.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("DrmActors", StringComparison.Ordinal) ?? false;

    private static string Members(object value, int depth)
    {
        var type = value.GetType();
        var name = type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(a => a.Name))}>" : type.Name;
        if (depth == 0 || !IsOurs(type))
            return name;
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.GetIndexParameters().Length == 0 && p.CanRead && p.GetSetMethod(nonPublic: true) is not null)
            .Select(p => $"{p.Name} = {Of(p.GetValue(value), depth - 1)}")
            .ToList();
        return members.Count == 0 ? name : $"{name} {{ {string.Join(", ", members)} }}";
    }
}
