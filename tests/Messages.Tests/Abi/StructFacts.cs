using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests.Abi;

/// <summary>Size of each struct; offset and size of each of its fields, through arrays of structs as well.</summary>
internal static class StructFacts
{
    private static readonly string[] Prefixes = ["drm_", "sync_", "dma_buf_"];

    public static IEnumerable<AbiFact> All() => UapiStructs().SelectMany(type => Of(type).Select(fact => fact with { Macro = NewerCallOf(type) ?? GrownCallOf(type, fact) }));

    // The headers have a struct where they have the call whose argument it is.
    private static string? NewerCallOf(Type type) => IoctlTable.Rows.Concat(IoctlTable.DescriptorRows)
        .Where(row => row.Argument == type && ConstantFacts.NewerThanHeaders.Contains(row.Name, StringComparer.Ordinal))
        .Select(row => row.Name).FirstOrDefault();

    // All of it but its size and its new field is as it was.
    private static string? GrownCallOf(Type type, AbiFact fact) => ConstantFacts.Grown
        .Where(g => IoctlTable.RowNamed(g.Name)!.Argument == type
            && (fact.Expression.StartsWith("sizeof(struct", StringComparison.Ordinal) || fact.Expression.Contains(g.Field, StringComparison.Ordinal)))
        .Select(g => g.Macro).FirstOrDefault();

    public static IEnumerable<Type> UapiStructs() =>
        typeof(UapiCodec).Assembly.GetTypes().Where(t => t.IsValueType && Prefixes.Any(p => t.Name.StartsWith(p, StringComparison.Ordinal)));

    public static IEnumerable<AbiFact> Of(Type type)
    {
        string name = (type.IsExplicitLayout ? "union " : "struct ") + type.Name;
        yield return new AbiFact($"sizeof({name})", SizeOf(type));
        foreach (AbiFact fact in Fields(name, "", 0, type))
        {
            yield return fact;
        }
    }

    private static IEnumerable<AbiFact> Fields(string name, string path, long start, Type type)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            if (field.Name.StartsWith("_pad", StringComparison.Ordinal))
            {
                continue;
            }

            string member = path + field.Name;
            long offset = start + OffsetOf(type, field);
            yield return new AbiFact($"offsetof({name}, {member})", offset);
            yield return new AbiFact($"sizeof((({name} *)0)->{member})", SizeOf(field.FieldType));
            if (ElementOf(field.FieldType) is { IsPrimitive: false } element)
            {
                foreach (AbiFact fact in Fields(name, member + "[0].", offset, element))
                {
                    yield return fact;
                }
            }
        }
    }

    private static Type? ElementOf(Type type) => type.GetCustomAttribute<InlineArrayAttribute>() is null
        ? null
        : type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Single().FieldType;

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    /// <summary>The distance between a local of the struct and its field: what the runtime really does, not what marshalling would.</summary>
    private static long OffsetOf(Type type, FieldInfo field)
    {
        var method = new DynamicMethod("offset", typeof(long), null, typeof(StructFacts).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        LocalBuilder local = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<long>>()();
    }
}
