using Hocon;

namespace DrmActors.Runtime.Tests.Configurations;

/// <summary>The grammar, through the Hocon package's names.</summary>
public sealed class HoconSyntaxTests
{
    [Theory]
    [InlineData("a = 1", "1")]
    [InlineData("a : 1", "1")]
    [InlineData("{ a : 1 }", "1")]
    [InlineData("a = 1 # a comment\nb = 2", "1")]
    [InlineData("a = 1 // a comment\nb = 2", "1")]
    [InlineData("# first\n\n// second\na = 1\n", "1")]
    [InlineData("a = 1, b = 2", "1")]
    [InlineData("a = 1\r\nb = 2\r\n", "1")]
    [InlineData("a = 1\na = 2", "2")]
    [InlineData("a = two words", "two words")]
    [InlineData("a = \"quoted # text, {with} [brackets]\"", "quoted # text, {with} [brackets]")]
    [InlineData("a = \"tab\\t quote\\\" backslash\\\\ letter\\u0041\"", "tab\t quote\" backslash\\ letterA")]
    [InlineData("a = \"\"\"two\nlines \\ and \" a quote\"\"\"", "two\nlines \\ and \" a quote")]
    [InlineData("b = 1\na = ${b}", "1")]
    [InlineData("a = ${b}\nb = 1", "1")]
    [InlineData("b = 1\na = ${b}\" and more\"", "1 and more")]
    [InlineData("a = x\na = ${a}\"y\"", "xy")]
    [InlineData("a = 1\na = ${?nothing.at.all}", "1")]
    public void Value_should_be_read(string text, string expected) => Assert.Equal(expected, HoconConfigurationFactory.ParseString(text).GetString("a"));

    [Theory]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a.b.c = 1")]
    [InlineData("a.b { c = 1 }")]
    [InlineData("a { b.c = 1 }")]
    [InlineData("\"a\".\"b\".c = 1")]
    [InlineData("a { b { x = 2 } }\na { b { c = 1 } }")]
    [InlineData("base { c = 1 }\na.b = ${base}")]
    [InlineData("base { c = 2 }\na.b = ${base} { c = 1 }")]
    public void Object_should_be_read(string text) => Assert.Equal(1, HoconConfigurationFactory.ParseString(text).GetInt("a.b.c"));

    [Theory]
    [InlineData("a = [x, y, z]")]
    [InlineData("a = [\n  x\n  y\n  z\n]")]
    [InlineData("a = [ x, # one\n y, z, ]")]
    [InlineData("a = [\"x\", \"y\", z]")]
    [InlineData("b = [x, y]\na = ${b} [z]")]
    public void List_should_be_read(string text) => Assert.Equal(["x", "y", "z"], HoconConfigurationFactory.ParseString(text).GetStringList("a"));

    [Fact]
    public void Key_in_quotes_should_keep_its_dots()
    {
        var config = HoconConfigurationFactory.ParseString("parts { \"vop@ff900000.1\" { irq = 118 } }");

        Assert.Equal(118, config.GetInt("parts.\"vop@ff900000.1\".irq"));
        Assert.True(config.GetConfig("parts").Root.GetObject().ContainsKey("vop@ff900000.1"));
    }

    [SkippableTheory]
    [InlineData("a = 1\nb = [1, 2\n", 2, 5)]
    [InlineData("a = 1\nb {\n  c = 2\n", 2, 3)]
    [InlineData("a = \"open\nb = 1", 1, 5)]
    [InlineData("a = \"\"\"open\nb = 1", 1, 5)]
    [InlineData("a = 1\nb\nc = 2", 2, 2)]
    [InlineData("a = 1\nb = ]", 2, 5)]
    [InlineData("a = 1\n}", 2, 1)]
    [InlineData("a = \"\\q\"", 1, 6)]
    [InlineData("a = \"\\u00g1\"", 1, 6)]
    [InlineData("a = 1\n= 2", 2, 1)]
    [InlineData("a =\n\n", 3, 1)]
    [InlineData("a = [1, , 2]", 1, 9)]
    [InlineData("a = x@y", 1, 6)]
    [InlineData("a = [1] x", 1, 5)]
    [InlineData("a = ${nothing}", 1, 5)]
    [InlineData("a = ${b}\nb = ${a}", 2, 5)]
    [InlineData("a = [1]\na += 2", 2, 3)]
    [InlineData("include \"more\"", 1, 1)]
    public void Broken_text_should_be_refused_at_its_place(string text, int line, int position)
    {
        Skip.If(Api.Loaded.Runtime == "Akka", "the Hocon package refuses other texts, at other places");

        var e = Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.ParseString(text));

        Assert.Equal((line, position), (e.LineNumber, e.LinePosition));
        Assert.EndsWith($"At line {line}, position {position}.", e.Message);
    }

    [SkippableFact]
    public void Text_that_would_never_end_should_be_refused()
    {
        Skip.If(Api.Loaded.Runtime == "Akka", "the Hocon package has no such bounds");
        var doubling = string.Concat(Enumerable.Range(1, 64).Select(i => $"a{i} = [${{a{i - 1}}}, ${{a{i - 1}}}]\n"));

        Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.ParseString($"a = {new string('[', 100_000)}"));
        Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.ParseString($"a0 = [1]\n{doubling}"));
    }

    [Fact]
    public void Included_text_should_be_merged_in_its_place()
    {
        var config = HoconConfigurationFactory.ParseString(
            "a = 1\nb = 1\ninclude \"more.conf\"\nb = 3",
            (type, name) => Task.FromResult($"a = 2\nb = 2\nwhere = \"{type} {name}\""));

        Assert.Equal((2, 3, "File more.conf"), (config.GetInt("a"), config.GetInt("b"), config.GetString("where")));
    }

    [SkippableFact]
    public void Every_beginning_of_a_text_should_be_read_or_refused()
    {
        Skip.If(Api.Loaded.Runtime == "Akka", "an unclosed array can hang the real readers");
        const string Text = "a { b = [1, {c = \"x\"}] # c\n}, d.\"e\" : \"\"\"f\n\"\"\"\ng = ${a} {h = ${?i}\"\\u0041\"} // j\n";

        for (var length = 0; length <= Text.Length; length++)
        {
            var text = Text[..length];
            var thrown = Record.Exception(() => HoconConfigurationFactory.ParseString(text));
            Assert.True(thrown is null or HoconParserException, $"'{text}': {thrown}");
        }
    }
}
