using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace DrmActors.Runtime.Tests;

public sealed class SmokeSpecs
{
    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<string>(s => Sender.Tell(s));
            ReceiveAsync<int>(async i => { await Task.Delay(1); Sender.Tell(i + 1); });
            Receive<Exception>(e => throw e);
        }
    }

    [Fact]
    public async Task System_should_answer_an_ask_and_terminate()
    {
        var system = ActorSystem.Create("smoke", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        var echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("hi", await echo.Ask<string>("hi"));
        Assert.Equal(2, await echo.Ask<int>(1));
        echo.Tell(new InvalidOperationException("boom"));
        Assert.Equal("hi", await echo.Ask<string>("hi"));
        Assert.Equal(echo, await system.ActorSelection("/user/echo").ResolveOne(TimeSpan.FromSeconds(1)));
        Assert.True(await echo.GracefulStop(TimeSpan.FromSeconds(2)));
        await system.Terminate();
    }
}
