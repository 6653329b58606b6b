using System.Reflection;

namespace DrmActors.Runtime.Tests.Api;

/// <summary>
/// The public and protected surface of types as lines of text, one a member, in the form of akka-1.5.30.api.txt:
/// modifiers, names, parameters, defaults, constraints, result.
/// </summary>
internal static class Surface
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<Type> VisibleTypes(Assembly assembly) =>
        assembly.GetExportedTypes().Concat(assembly.GetTypes().Where(t => t.IsNestedFamily));

    /// <summary>The name that types.txt knows a type by: that of its outermost type, without its arity.</summary>
    public static string Key(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return $"{type.Namespace}.{type.Name.Split('`')[0]}";
    }

    public static IEnumerable<string> Lines(Type type)
    {
        var name = TypeName.Of(type);
        yield return $"{name} : {string.Join(", ", Bases(type).Prepend(Kind(type)))}";
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            yield return $"{name}.Invoke{Parameters(invoke)} : {TypeName.Of(invoke.ReturnType)}";
            yield break;
        }
        foreach (var member in Constructors(type).Concat(Methods(type)).Concat(Properties(type)).Concat(Events(type)).Concat(Fields(type)))
            yield return $"{name}.{member}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static IEnumerable<string> Bases(Type type)
    {
        var interfaces = type.GetInterfaces().Where(i => i.IsPublic).Select(TypeName.Of).Order(StringComparer.Ordinal);
        return type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum)
            ? interfaces.Prepend(TypeName.Of(b))
            : interfaces;
    }

    private static IEnumerable<string> Constructors(Type type) =>
        type.GetConstructors(Own).Where(IsVisible).Select(c => $"{Modifiers(c)}new{Parameters(c)}");

    private static IEnumerable<string> Methods(Type type) =>
        from m in type.GetMethods(Own)
        where IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !m.Name.Contains('<')
        select $"{Modifiers(m)}{m.Name}{TypeName.GenericParameters(m)}{Parameters(m)} : {TypeName.Of(m.ReturnType)}";

    private static IEnumerable<string> Properties(Type type) =>
        from p in type.GetProperties(Own)
        let get = IsVisible(p.GetMethod) ? p.GetMethod : null
        let set = IsVisible(p.SetMethod) ? p.SetMethod : null
        where get is not null || set is not null
        let index = p.GetIndexParameters()
        let indexed = index.Length > 0 ? $"[{string.Join(", ", index.Select(i => TypeName.Of(i.ParameterType)))}]" : ""
        let setter = set is null ? "" : set.IsPublic ? " set;" : " protected set;"
        select $"{Modifiers(get ?? set!)}{p.Name}{indexed} {{{(get is null ? "" : " get;")}{setter} }} : {TypeName.Of(p.PropertyType)}";

    private static IEnumerable<string> Events(Type type) =>
        type.GetEvents(Own).Where(e => IsVisible(e.AddMethod)).Select(e => $"event {e.Name} : {TypeName.Of(e.EventHandlerType!)}");

    private static IEnumerable<string> Fields(Type type) =>
        from f in type.GetFields(Own)
        where (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName
        let access = f.IsPublic ? "" : "protected "
        let kind = f.IsLiteral ? "const " : f.IsStatic ? "static " : ""
        let value = f.IsLiteral ? $" = {f.GetRawConstantValue()}" : ""
        select $"{access}{kind}{(f.IsInitOnly ? "readonly " : "")}{f.Name}{value} : {TypeName.Of(f.FieldType)}";

    private static bool IsVisible(MethodBase? m) => m is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Modifiers(MethodBase m)
    {
        var access = m.IsPublic ? "" : "protected ";
        if (m.IsStatic)
            return $"{access}static ";
        if (m.DeclaringType!.IsInterface || !m.IsVirtual || m.IsFinal)
            return access;
        if (m.IsAbstract)
            return $"{access}abstract ";
        return m is MethodInfo method && method.GetBaseDefinition() != method ? $"{access}override " : $"{access}virtual ";
    }

    private static string Parameters(MethodBase m) =>
        $"({string.Join(", ", m.GetParameters().Select(Parameter))})";

    private static string Parameter(ParameterInfo p)
    {
        var modifier = p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : p.IsOut ? "out " : "";
        var value = p.HasDefaultValue ? $" = {p.DefaultValue ?? "null"}" : "";
        return $"{modifier}{TypeName.Of(p.ParameterType)} {p.Name}{value}";
    }
}
