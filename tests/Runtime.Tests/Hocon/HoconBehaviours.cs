using Akka.Actor;
using Akka.Configuration;
using Hocon;

namespace DrmActors.Runtime.Tests.Configurations;

/// <summary>Where the two readers of the real packages differ from what one expects. Numbers as in the list of behaviours.</summary>
public sealed class HoconBehaviours
{
    [Fact]
    public void B19_actor_systems_should_take_the_other_Config()
    {
        var creators = typeof(ActorSystem).GetMethods().Where(m => m.Name == "Create").SelectMany(m => m.GetParameters()).ToList();

        Assert.Contains(creators, p => p.ParameterType == typeof(Akka.Configuration.Config));
        Assert.DoesNotContain(creators, p => p.ParameterType == typeof(global::Hocon.Config));
    }

    [SkippableFact]
    public void B19_factory_and_Config_should_be_in_their_own_package()
    {
        Skip.IfNot(Api.Loaded.Runtime == "Akka", "the embedded runtime is one assembly");

        Assert.Equal("Hocon.Configuration", typeof(HoconConfigurationFactory).Assembly.GetName().Name);
        Assert.Equal("Hocon.Configuration", typeof(global::Hocon.Config).Assembly.GetName().Name);
    }

    [Fact]
    public void B20_Akkas_reader_should_refuse_hexadecimal_numbers() =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString("a = 0x10").GetInt("a"));

    [Fact]
    public void B20_Akkas_reader_should_read_a_missing_int_as_0() => Assert.Equal(0, ConfigurationFactory.ParseString("a = 1").GetInt("b"));

    [Fact]
    public void B20_Akkas_reader_should_not_resolve_from_a_fallback() =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString("a = ${b}").WithFallback("b = 1").GetInt("a"));

    [Fact]
    public void B20_Akkas_reader_should_need_a_callback_to_include() =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString("include \"more.conf\""));

    [SkippableFact]
    public void B20_unclosed_array_should_be_refused()
    {
        Skip.If(Api.Loaded.Runtime == "Akka", "an unclosed array can hang Akka's own reader");

        var e = Assert.Throws<Akka.Configuration.ConfigurationException>(() => ConfigurationFactory.ParseString("a = [1, 2\n"));
        Assert.Contains("line 1, position 5", e.Message);
    }

    [Fact]
    public void B20_Hocon_should_give_the_line_of_a_syntax_error()
    {
        var e = Assert.Throws<HoconParserException>(() => HoconConfigurationFactory.ParseString("a = 1\nb = 2\nc = ]\nd = 4"));

        Assert.Equal(3, e.LineNumber);
        Assert.True(e.LinePosition > 0);
    }

    [Fact]
    public void B20_Hocon_should_give_the_path_of_a_value()
    {
        var config = HoconConfigurationFactory.ParseString("a.b = text");

        Assert.Equal("a.b", Assert.Throws<HoconValueException>(() => config.GetInt("a.b")).FailPath);
    }
}
