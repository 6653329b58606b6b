using Akka.Actor;
using DrmActors.Hosting.Internals;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What a call is answered when nobody is there any more.</summary>
public sealed class CallGateTests
{
    private readonly CallGate _gate = new(ActorRefs.Nobody, platform: null!);

    [Fact]
    public async Task The_first_reason_should_count()
    {
        _gate.Close(Errno.ENODEV);
        _gate.Close(Errno.EBADF);

        Assert.Equal(Errno.ENODEV, await AnswerAsync());
    }

    /// <summary>A file that is closed ends, and its end may be heard of before its closing.</summary>
    [Fact]
    public async Task A_reason_that_was_announced_should_be_the_first()
    {
        _gate.Announce(Errno.EBADF);
        Assert.False(_gate.IsClosed);
        _gate.Close(Errno.ENODEV);

        Assert.True(_gate.IsClosed);
        Assert.Equal(Errno.EBADF, await AnswerAsync());
    }

    private async Task<Errno> AnswerAsync() => (await _gate.CallAsync(new GetVersion(), CancellationToken.None)).Errno;
}
