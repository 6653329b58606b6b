using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviour 13.</summary>
public sealed class AskSpecs : RuntimeSpec
{
    [ThreadStatic]
    private static bool t_replying;

    [Fact]
    public async Task Answer_should_complete_the_task()
    {
        var actor = Act((message, context) => context.Sender.Tell(message));

        Assert.Equal(42, await actor.Ask<int>(42, Patience));
        Assert.Equal("x", await actor.Ask("x", Patience));
    }

    [Fact]
    public async Task Failure_should_become_the_tasks_exception()
    {
        var actor = Act((_, context) => context.Sender.Tell(new Status.Failure(new Boom())));

        await Assert.ThrowsAsync<Boom>(() => actor.Ask<string>("x", Patience));
    }

    [Fact]
    public async Task Failure_should_be_a_value_where_an_object_is_asked_for()
    {
        var actor = Act((_, context) => context.Sender.Tell(new Status.Failure(new Boom())));

        Assert.IsType<Boom>(Assert.IsType<Status.Failure>(await actor.Ask<object>("x", Patience)).Cause);
    }

    [Fact]
    public async Task Answer_of_another_type_should_be_an_argument_exception()
    {
        var actor = Act((_, context) => context.Sender.Tell("text"));

        await Assert.ThrowsAsync<ArgumentException>(() => actor.Ask<int>("x", Patience));
    }

    [Fact]
    public async Task No_answer_in_time_should_be_a_time_out()
    {
        var actor = Act((_, _) => { });

        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<int>("x", TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task Cancelled_token_should_cancel_the_ask()
    {
        var actor = Act((_, _) => { });
        using var source = new CancellationTokenSource();
        var answer = actor.Ask<int>("x", source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Continuation_should_never_run_inside_the_replier()
    {
        var actor = Act((message, context) =>
        {
            t_replying = true;
            context.Sender.Tell(message);
            t_replying = false;
        });

        for (var i = 0; i < 100; i++)
        {
            var inside = await actor.Ask<int>(i, Patience)
                .ContinueWith(_ => t_replying, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            Assert.False(inside);
        }
    }

    [Fact]
    public async Task GracefulStop_should_end_when_the_actor_has()
    {
        var actor = Sys.ActorOf(Lived.Props(TestActor));
        ExpectMsg("new");
        ExpectMsg("PreStart");

        Assert.True(await actor.GracefulStop(Patience));

        ExpectMsg("PostStop");
    }

    [Fact]
    public void PipeTo_should_send_the_value_or_the_failure()
    {
        _ = Task.FromResult("value").PipeTo(TestActor);
        ExpectMsg("value");

        _ = Task.FromException<string>(new Boom()).PipeTo(TestActor);
        Assert.IsType<Boom>(ExpectMsg<Status.Failure>().Cause);
    }
}
