using System.Reflection;

namespace DrmActors.Runtime.Tests.Api;

/// <summary>Type names as the list spells them: with namespace, but for System's own; arguments in angle brackets.</summary>
internal static class TypeName
{
    public static string Of(Type type)
    {
        if (type.IsByRef)
            return $"ref {Of(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[]";
        if (type.IsPointer)
            return $"{Of(type.GetElementType()!)}*";
        if (type.IsGenericParameter)
            return type.Name;
        var scope = type.IsNested ? $"{Of(type.DeclaringType!).Split('<')[0]}." : type.Namespace is "System" ? "" : $"{type.Namespace}.";
        var name = scope + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    public static string GenericParameters(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
            return "";
        var parameters = method.GetGenericArguments();
        return $"<{string.Join(", ", parameters.Select(p => p.Name))}>{string.Concat(parameters.Select(Constraints))}";
    }

    private static string Constraints(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var constraints = parameter.GetGenericParameterConstraints().Select(Of);
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            constraints = constraints.Prepend("class");
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            constraints = constraints.Append("new()");
        var text = string.Join("+", constraints);
        return text.Length == 0 ? "" : $" where {parameter.Name}:{text}";
    }
}
