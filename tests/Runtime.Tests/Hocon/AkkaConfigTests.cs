using Akka.Configuration;

namespace DrmActors.Runtime.Tests.Configurations;

/// <summary>The getters of Akka's own configuration.</summary>
public sealed class AkkaConfigTests
{
    private static readonly Config Config = ConfigurationFactory.ParseString(
        """
        akka {
          loggers = []
          scheduler.implementation = "A.Scheduler, A"
          actor.default-dispatcher { throughput = 5, deadline = 0ms }
          timeout = 2.5s
          never = infinite
          size = 64KiB
          on = on
          ratio = 0.5
          names = [a, "b c"]
        }
        """);

    [Fact]
    public void Values_should_be_read_by_their_kind()
    {
        Assert.Equal("A.Scheduler, A", Config.GetString("akka.scheduler.implementation"));
        Assert.Equal(5, Config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal(5L, Config.GetLong("akka.actor.default-dispatcher.throughput"));
        Assert.Equal(0.5, Config.GetDouble("akka.ratio"));
        Assert.Equal(0.5f, Config.GetFloat("akka.ratio"));
        Assert.Equal(0.5m, Config.GetDecimal("akka.ratio"));
        Assert.True(Config.GetBoolean("akka.on"));
        Assert.Equal(TimeSpan.FromSeconds(2.5), Config.GetTimeSpan("akka.timeout"));
        Assert.Equal(TimeSpan.Zero, Config.GetTimeSpan("akka.actor.default-dispatcher.deadline"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Config.GetTimeSpan("akka.never"));
        Assert.Equal(65536, Config.GetByteSize("akka.size"));
        Assert.Equal(["a", "b c"], Config.GetStringList("akka.names"));
        Assert.Empty(Config.GetStringList("akka.loggers"));
    }

    [Fact]
    public void Missing_values_should_read_as_the_default()
    {
        Assert.Null(Config.GetString("nothing"));
        Assert.Equal("x", Config.GetString("nothing", "x"));
        Assert.True(Config.GetBoolean("nothing", true));
        Assert.Equal(TimeSpan.Zero, Config.GetTimeSpan("nothing"));
        Assert.Equal(TimeSpan.FromSeconds(3), Config.GetTimeSpan("nothing", TimeSpan.FromSeconds(3)));
        Assert.Null(Config.GetConfig("nothing"));
        Assert.False(Config.HasPath("nothing"));
        Assert.True(Config.HasPath("akka.actor"));
    }

    [Fact]
    public void Fallback_should_answer_for_what_is_missing()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1 }")
            .WithFallback(ConfigurationFactory.ParseString("a { x = 2, y = 2 }\nb = 2"))
            .WithFallback("b = 3, c = 3");

        Assert.Equal((1, 2, 2, 3), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("b"), config.GetInt("c")));
        Assert.Equal((1, 2), (config.GetConfig("a").GetInt("x"), config.GetConfig("a").GetInt("y")));
    }

    [Fact]
    public void Empty_should_give_way_to_its_fallback()
    {
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.Equal(5, Config.Empty.WithFallback(Config).GetInt("akka.actor.default-dispatcher.throughput"));
    }

    [Fact]
    public void Config_should_not_be_its_own_fallback() => Assert.Throws<ArgumentException>(() => Config.WithFallback(Config));
}
