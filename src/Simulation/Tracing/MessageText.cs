using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;

namespace DrmActors.Simulation.Tracing;

/// <summary>
/// A message as a line of text that is the same in every run: actors by their names, without what tells one run from another, and without members that
/// say nothing (0, none, false, empty).
/// </summary>
internal static class MessageText
{
    private const int Depth = 2;
    private const int Longest = 300;

    public static string Of(object message)
    {
        var text = Of(message, Depth);
        return text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)} ...";
    }

    public static string Of(IActorRef? actor) =>
        actor is null || actor.Equals(ActorRefs.Nobody) ? "nobody" : NameOf(actor.Path.ToStringWithoutAddress());

    /// <summary>Of an actor by its path: without what all have in common.</summary>
    public static string NameOf(string path)
    {
        const string Drm = "/user/drm/";
        const string User = "/user/";
        return path.StartsWith(Drm, StringComparison.Ordinal) ? path[Drm.Length..]
            : path.StartsWith(User, StringComparison.Ordinal) ? path[User.Length..]
            : path == "/deadLetters" ? "nobody" : path;
    }

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

    private static bool SaysSomething(object? value) => value switch
    {
        null or "" => false,
        Enum name => !string.Equals(name.ToString(), "None", StringComparison.Ordinal),
        ICollection items => items.Count > 0,
        ValueType => !value.Equals(RuntimeHelpers.GetUninitializedObject(value.GetType())),
        _ => true,
    };

    private static string Members(object value, int depth)
    {
        var type = value.GetType();
        var name = type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(a => a.Name))}>" : type.Name;
        if (depth == 0 || !IsOurs(type))
            return type.GetProperty("Id")?.GetValue(value) is { } id && SpellsItself(id.GetType()) ? id.ToString()! : name;
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.GetIndexParameters().Length == 0 && p.CanRead && p.GetSetMethod(nonPublic: true) is not null)
            .Select(p => (p.Name, Value: p.GetValue(value)))
            .Where(m => SaysSomething(m.Value))
            .Select(m => $"{m.Name} = {Of(m.Value, depth - 1)}")
            .ToList();
        return members.Count == 0 ? name : $"{name} {{ {string.Join(", ", members)} }}";
    }
}
