using Xunit.Abstractions;

namespace DrmActors.Messages.Tests.Abi;

/// <summary>Everything that we define of the UAPI, held against what the C compiler makes of the system's headers.</summary>
public sealed class AbiTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Uapi_should_be_that_of_the_headers()
    {
        RequireCompiler();
        AbiFact[] facts = [.. StructFacts.All(), .. ConstantFacts.All()];

        (string[] wrong, string[] notCovered) = Compare(facts);

        output.WriteLine($"{facts.Length - notCovered.Length} facts compared; newer than the headers: {string.Join(", ", notCovered)}");
        Assert.Empty(wrong);
        Assert.All(notCovered, f => Assert.Contains(facts.Single(x => x.Expression == f).Macro, ConstantFacts.NewerThanHeaders));
        Assert.True(facts.Length > 300, $"only {facts.Length} facts were found");
    }

    [SkippableFact]
    public void Comparison_should_find_what_is_wrong()
    {
        RequireCompiler();
        AbiFact[] facts =
        [
            new("sizeof(struct drm_version)", 64),
            new("sizeof(struct drm_mode_crtc)", 100),
            new("DRM_CAP_PRIME", 6),
            new("DRM_CAP_NEVER", 1, "DRM_CAP_NEVER"),
        ];

        (string[] wrong, string[] notCovered) = Compare(facts);

        Assert.Equal(["sizeof(struct drm_mode_crtc) is 104, we say 100", "DRM_CAP_PRIME is 5, we say 6"], wrong);
        Assert.Equal(["DRM_CAP_NEVER"], notCovered);
    }

    [Fact]
    public void Facts_should_see_a_moved_field()
    {
        AbiFact[] facts = [.. StructFacts.Of(typeof(Moved))];

        Assert.Contains(new AbiFact("offsetof(struct Moved, late)", 8), facts);
        Assert.Contains(new AbiFact("sizeof(((struct Moved *)0)->late)", 2), facts);
        Assert.Contains(new AbiFact("sizeof(struct Moved)", 12), facts);
    }

    private static void RequireCompiler()
    {
        string? reason = CCompiler.Unavailable();
        bool mustRun = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal);
        Assert.False(mustRun && reason is not null, reason);
        Skip.If(reason is not null, reason);
    }

    private static (string[] Wrong, string[] NotCovered) Compare(AbiFact[] facts)
    {
        string[] answers = CCompiler.Evaluate(facts);
        Assert.Equal(facts.Length, answers.Length);
        (AbiFact Fact, string Answer)[] pairs = [.. facts.Zip(answers)];
        return (
            [.. pairs.Where(p => p.Answer is not CCompiler.NotCovered && !string.Equals(p.Answer, $"{p.Fact.Value}", StringComparison.Ordinal))
                .Select(p => $"{p.Fact.Expression} is {p.Answer}, we say {p.Fact.Value}")],
            [.. pairs.Where(p => p.Answer is CCompiler.NotCovered).Select(p => p.Fact.Macro!).Distinct(StringComparer.Ordinal)]);
    }

#pragma warning disable CS0649 // only its layout is looked at
    private struct Moved
    {
        public uint early;
        public uint _pad0;
        public ushort late;
    }
#pragma warning restore CS0649
}
