using Hocon;

namespace DrmActors.Runtime.Tests.Configurations;

/// <summary>The getters of the Hocon package.</summary>
public sealed class HoconConfigTests
{
    private static readonly Config Config = HoconConfigurationFactory.ParseString(
        """
        text = hello
        int = 42
        hexadecimal = 0xff900000
        octal = 017
        large = 4294967296
        fraction = 1.5
        yes = on
        no = false
        list = [1, 2, 3]
        empty-list = []
        duration = 500ms
        minutes = 2m
        size = 16KiB
        object { b = 1, a = x }
        objects = [{ name = one }, { name = two }]
        """);

    [Fact]
    public void Values_should_be_read_by_their_kind()
    {
        Assert.Equal("hello", Config.GetString("text"));
        Assert.Equal("42", Config.GetString("int"));
        Assert.Equal(42, Config.GetInt("int"));
        Assert.Equal(0xff900000L, Config.GetLong("hexadecimal"));
        Assert.Equal(15, Config.GetInt("octal"));
        Assert.Equal(1L << 32, Config.GetLong("large"));
        Assert.Equal(1.5, Config.GetDouble("fraction"));
        Assert.True(Config.GetBoolean("yes"));
        Assert.False(Config.GetBoolean("no"));
        Assert.Equal([1, 2, 3], Config.GetIntList("list"));
        Assert.Empty(Config.GetStringList("empty-list"));
        Assert.Equal(TimeSpan.FromMilliseconds(500), Config.GetTimeSpan("duration"));
        Assert.Equal(TimeSpan.FromMinutes(2), Config.GetTimeSpan("minutes"));
        Assert.Equal(16384, Config.GetByteSize("size"));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("object.nothing")]
    [InlineData("text.nothing")]
    [InlineData("object")]
    [InlineData("text")]
    [InlineData("large")]
    public void Missing_value_and_one_of_the_wrong_kind_should_throw_and_name_the_path(string path)
    {
        var e = Assert.Throws<HoconValueException>(() => Config.GetInt(path));

        Assert.Equal(path, e.FailPath);
    }

    [Fact]
    public void Missing_value_and_one_of_the_wrong_kind_should_read_as_the_default()
    {
        Assert.Equal(7, Config.GetInt("nothing", 7));
        Assert.Equal(7, Config.GetInt("text", 7));
        Assert.Equal("x", Config.GetString("nothing", "x"));
        Assert.True(Config.GetBoolean("text", true));
        Assert.Equal(["d"], Config.GetStringList("nothing", ["d"]));
        Assert.Equal(TimeSpan.FromSeconds(1), Config.GetTimeSpan("nothing", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Path_should_exist_where_there_is_a_value()
    {
        Assert.True(Config.HasPath("object"));
        Assert.True(Config.HasPath("object.a"));
        Assert.False(Config.HasPath("object.c"));
        Assert.False(Config.HasPath("nothing.at.all"));
    }

    [Fact]
    public void Object_should_be_walked()
    {
        var fields = Config.GetConfig("object").AsEnumerable().ToList();

        Assert.Equal(["b", "a"], fields.Select(f => f.Key));
        Assert.Equal(["1", "x"], fields.Select(f => f.Value.GetString()));
        Assert.Equal(HoconType.Object, Config.GetValue("object").Type);
        Assert.Equal(HoconType.Array, Config.GetValue("list").Type);
        Assert.Equal(["one", "two"], Config.GetObjectList("objects").Select(o => o["name"].GetString()));
        Assert.Equal(["one", "two"], Config.GetValue("objects").GetArray().Select(v => v.GetObject()["name"].Value.GetString()));
    }

    [Fact]
    public void Config_of_a_missing_path_should_be_empty() => Assert.True(Config.GetConfig("nothing").IsEmpty);

    [Fact]
    public void Fallback_should_answer_for_what_is_missing()
    {
        var config = HoconConfigurationFactory.ParseString("a { x = 1 }")
            .WithFallback(HoconConfigurationFactory.ParseString("a { x = 2, y = 2 }\nb = 2"))
            .WithFallback(HoconConfigurationFactory.ParseString("b = 3, c = 3"));

        Assert.Equal((1, 2, 2, 3), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("b"), config.GetInt("c")));
        Assert.Equal(2, config.GetConfig("a").GetInt("y"));
        Assert.True(config.Root.GetObject().ContainsKey("c"));
    }
}
