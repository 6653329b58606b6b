using Akka.Actor;
using Akka.Configuration;
using DrmActors.Hardware.Time;

namespace DrmActors.Hosting.Internals;

/// <summary>What a host stands on: threads and a clock (<see cref="ThreadPlatform"/>), or a seeded world.</summary>
internal interface IHostPlatform
{
    /// <summary>Of the system that was made.</summary>
    AlarmClock Clock { get; }

    /// <summary>Once.</summary>
    /// <param name="akka">The actor runtime's settings, as the host's configuration has them.</param>
    ActorSystem CreateSystem(Config akka);

    /// <summary>Sends a message and waits for what comes back, without a time-out: it ends by the answer or by cancellation.</summary>
    Task<T> AskAsync<T>(IActorRef actor, object message, CancellationToken cancellation);

    /// <summary>Whether what a snapshot answers need not be asked, where nothing is before it; else each call is a message that can be seen.</summary>
    bool ReadsInPlace { get; }

    /// <summary>From here on time goes on by itself, if it does not anyway: nobody moves it by hand any more.</summary>
    void LetTimeRun();

    /// <summary>Ends the system: the last thing.</summary>
    Task TerminateAsync();
}
