using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, null, cancellationToken);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (actual, _) => _assertions.AssertEqual(message, actual), cancellationToken);

    public T ExpectMsg<T>(
        T expected,
        Func<T, T, bool> comparer,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (actual, _) => _assertions.AssertEqual(expected, actual, comparer), cancellationToken);

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<T>((message, _) => isMessage(message), timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(
            timeout,
            hint,
            (actual, sender) => _assertions.AssertTrue(
                isMessageAndSender(actual, sender),
                "Got a message of the expected type <{0}>. Also expected {1} but the message {{{2}}} of type <{3}> did not match",
                typeof(T).FullName,
                hint ?? "the predicate to return true",
                actual,
                actual.GetType().FullName),
            cancellationToken);

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (actual, _) => assert(actual), cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, assertMessageAndSender, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        TimeSpan? duration = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, (_, actual) => AssertSender(sender, actual), cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender,
        T message,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(
            timeout,
            hint,
            (actual, actualSender) =>
            {
                AssertSender(sender, actualSender);
                _assertions.AssertEqual(message, actual);
            },
            cancellationToken);

    public Terminated ExpectTerminated(
        IActorRef target,
        TimeSpan? timeout = null,
        string hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<Terminated>(
            timeout,
            hint,
            (actual, _) => _assertions.AssertEqual(target, actual.ActorRef, "Expected the death of {0}, but {1} died.", target, actual.ActorRef),
            cancellationToken);

    /// <summary>Fails if a message comes within the rest of the <c>Within</c>, or the default time outside of one.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectNone(RemainingOrDefault, cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => ExpectNone(Dilated(duration), cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>As many messages as named, in any order, each one equal to one of those.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectAll(RemainingOrDefault, messages, CancellationToken.None);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        ExpectAll(Dilated(max), messages, CancellationToken.None);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAll(RemainingOrDefault, messages, cancellationToken);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect<T>(
            null,
            null,
            (actual, _) => _assertions.AssertTrue(messages.Contains(actual), "not found {0}", actual),
            cancellationToken);

    private T Expect<T>(TimeSpan? timeout, string hint, Action<T, IActorRef> check, CancellationToken cancellation)
    {
        var patience = RemainingOrDilated(timeout);
        if (!TryReceive(patience, cancellation))
            _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1} {2}", patience, typeof(T), hint ?? "");
        if (_last.Message is T message)
        {
            check?.Invoke(message, _last.Sender);
            return message;
        }
        _assertions.Fail(
            "Failed: Expected a message of type {0}, but received {{{1}}} (type {2}) instead {3} from {4}",
            typeof(T),
            _last.Message,
            _last.Message?.GetType(),
            hint ?? "",
            _last.Sender);
        return default;
    }

    private void ExpectNone(TimeSpan duration, CancellationToken cancellation)
    {
        if (TryReceive(duration, cancellation))
            _assertions.Fail("Failed: Expected no messages during {0}, instead we received {1} from {2}", duration, _last.Message, _last.Sender);
        _lastWasNoMsg = true;
    }

    private List<T> ExpectAll<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellation)
    {
        var received = Receive(messages.Count, max, cancellation);
        var missing = messages.Where(m => !received.Contains(m)).ToList();
        var unexpected = received.Where(r => r is not T t || !messages.Contains(t)).ToList();
        _assertions.AssertTrue(
            missing.Count == 0 && unexpected.Count == 0,
            "not found [{0}], found unexpected [{1}]",
            string.Join(", ", missing),
            string.Join(", ", unexpected));
        return received.Cast<T>().ToList();
    }

    private void AssertSender(IActorRef expected, IActorRef actual) =>
        _assertions.AssertEqual(expected, actual, "Expected the sender {0}, but it was {1}.", expected, actual);
}
