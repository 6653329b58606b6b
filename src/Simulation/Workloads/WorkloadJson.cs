using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DrmActors.Simulation.Workloads;

/// <summary>How workloads stand in files: the kind of a call is its name in <see cref="CallKinds"/>, under "call".</summary>
internal static class WorkloadJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCalls } },
    };

    private static void NameCalls(JsonTypeInfo type)
    {
        if (type.Type != typeof(WorkloadCall))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "call" };
        foreach (var kind in CallKinds.Everything)
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind.Type, kind.Name));
    }
}
