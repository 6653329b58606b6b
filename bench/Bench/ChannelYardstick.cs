using System.Threading.Channels;

namespace DrmActors.Bench;

/// <summary>What the actors are measured against: an unbounded channel with one reader task.</summary>
internal static class ChannelYardstick
{
    public static async Task Tell(object message, int count)
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var reader = Task.Run(async () =>
        {
            var left = count;
            while (left > 0 && await channel.Reader.WaitToReadAsync())
            {
                while (channel.Reader.TryRead(out _))
                    left--;
            }
        });
        for (var i = 0; i < count; i++)
            channel.Writer.TryWrite(message);
        await reader;
    }

    /// <summary>So many askers, each with a channel of its own, one request after the other.</summary>
    public static Task Ask(int askers, int count) => Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(() => AskOne(count))));

    private static async Task AskOne(int count)
    {
        var channel = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
        var reader = Task.Run(async () =>
        {
            while (await channel.Reader.WaitToReadAsync())
            {
                while (channel.Reader.TryRead(out var request))
                    request.Answer.SetResult(request);
            }
        });
        for (var i = 0; i < count; i++)
        {
            var request = new Request();
            channel.Writer.TryWrite(request);
            await request.Answer.Task;
        }
        channel.Writer.Complete();
        await reader;
    }

    private sealed class Request
    {
        public TaskCompletionSource<object> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
