using DrmActors.Hardware.Boards;

namespace DrmActors.Hardware.Tests.Boards;

public class HoconOutlineTests
{
    [Theory]
    [InlineData("a = 1", "a@1")]
    [InlineData("a : 1, b = 2\nc=3", "a@1 b@1 c@2")]
    [InlineData("a { b = 1 }\nc = 2", "a@1{} a.b@1 c@2")]
    [InlineData("a {\n  b {\n    c = 1\n  }\n}\nd = 1", "a@1{} a.b@2{} a.b.c@3 d@6")]
    [InlineData("a.b.c = 1", "a.b.c@1")]
    [InlineData("a = [1,\n 2 # ]\n, \"]\"]\nb = 1", "a@1[] b@4")]
    [InlineData("# a = 1\n// b = 1\nc = 1 # d = 1", "c@3")]
    [InlineData("a = \"x # { \\\" } = \"\nb = 1", "a@1 b@2")]
    [InlineData("a = ${b.c}, d = ${?e}\nf = 1", "a@1 d@1 f@2")]
    [InlineData("{\n \"a\" : { \"b\" : 1 }\n}", "a@2{} a.b@2")]
    [InlineData("a = 1\r\nb = 2\r\n", "a@1 b@2")]
    [InlineData("a = http://x", "a@1")]
    [InlineData("", "")]
    [InlineData("a", "a@1")]
    [InlineData("a = \"", "a@1")]
    [InlineData("a = \"\\", "a@1")]
    [InlineData("a = ${", "a@1")]
    [InlineData("}}}", "")]
    public void Keys_should_be_found_with_their_lines(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', HoconOutline.Of(text).Select(Show)));

    private static string Show(OutlineKey key) =>
        $"{key.Path}@{key.Line}{key.Shape switch { ValueShape.Section => "{}", ValueShape.List => "[]", _ => "" }}";
}
