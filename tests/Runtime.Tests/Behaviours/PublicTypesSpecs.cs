using System.Reflection;
using Akka.Actor;
using Akka.Dispatch;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviours 18 and 22, and which runtime is loaded.</summary>
public sealed class PublicTypesSpecs
{
    private static readonly Assembly Loaded = typeof(ActorSystem).Assembly;

    [Fact]
    public void IRunnable_should_be_a_work_item_of_the_thread_pool() =>
        Assert.True(typeof(IThreadPoolWorkItem).IsAssignableFrom(typeof(IRunnable)));

    [Theory]
    [InlineData(typeof(ReceiveTimeout))]
    [InlineData(typeof(PoisonPill))]
    public void Singletons_should_have_no_public_constructor(Type type) => Assert.Empty(type.GetConstructors());

    [Fact]
    public void Public_types_should_be_without_nullable_annotations_in_the_embedded_runtime()
    {
        if (Loaded.GetName().Name == "Akka")
            return;
        Assert.DoesNotContain(
            Loaded.GetExportedTypes().SelectMany(type => type.GetCustomAttributesData()),
            attribute => attribute.AttributeType.Name is "NullableAttribute" or "NullableContextAttribute");
    }

    [Fact]
    public void Loaded_runtime_should_be_the_one_that_the_build_was_stamped_with()
    {
        var stamp = typeof(PublicTypesSpecs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ActorRuntime").Value;

        Assert.Equal(stamp == "Akka" ? "Akka" : "DrmActors.Runtime", Loaded.GetName().Name);
    }
}
