using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => _inbox.Ignore = shouldIgnoreMessage;

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreNoMessages() => _inbox.Ignore = null;

    /// <returns>The next message, null if none came in time. Zero does not wait, a negative time waits for ever.</returns>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceive(max ?? RemainingOrDefault, cancellationToken) ? _last.Message : null;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Receive(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Receive(numberOfMessages, Dilated(max), cancellationToken);

    public object FishForMessage(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, null, max, hint, cancellationToken);

    /// <summary>Throws messages away until one fits; <paramref name="allMessages"/> keeps the others.</summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default)
    {
        var patience = RemainingOrDilated(max);
        var end = Now + patience;
        while (true)
        {
            if (!TryReceive(Positive(end - Now), cancellationToken))
                _assertions.Fail("Timeout ({0}) during FishForMessage. {1}", patience, hint);
            if (_last.Message is T typed && isMessage(typed))
                return typed;
            allMessages?.Add(_last.Message);
        }
    }

    private List<object> Receive(int count, TimeSpan max, CancellationToken cancellation)
    {
        var end = Now + max;
        var taken = new List<object>(count);
        while (taken.Count < count)
        {
            if (!TryReceive(Positive(end - Now), cancellation))
                _assertions.Fail("Timeout ({0}) while expecting {1} messages. Only got {2} after {0}.", max, count, taken.Count);
            taken.Add(_last.Message);
        }
        return taken;
    }

    private bool TryReceive(TimeSpan wait, CancellationToken cancellation)
    {
        _lastWasNoMsg = false;
        if (!_inbox.TryTake(wait, cancellation, out var received))
            return false;
        _last = received;
        return true;
    }
}
