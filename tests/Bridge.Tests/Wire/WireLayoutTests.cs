namespace DrmActors.Bridge.Tests.Wire;

/// <summary>The client library and the daemon mean the same bytes.</summary>
public sealed class WireLayoutTests
{
    [Fact]
    public void Daemon_should_mirror_the_header_of_the_library()
    {
        var theirs = WireHeader.Facts();
        var ours = WireMirror.Facts();

        Assert.True(theirs.Count > 60, $"only {theirs.Count} facts were found");
        Assert.Equal(Lines(theirs), Lines(ours));
    }

    private static IEnumerable<string> Lines(SortedDictionary<string, string> facts) => facts.Select(f => $"{f.Key} {f.Value}");
}
