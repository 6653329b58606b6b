using Xunit.Sdk;

namespace DrmActors.Runtime.Tests.TestKits;

/// <summary>Within, AwaitAssert and AwaitCondition.</summary>
public sealed class WaitingTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Within_should_bound_what_is_expected_in_it()
    {
        var start = Now;

        Assert.ThrowsAny<XunitException>(() => Within(Short, () => ExpectMsg<int>()));
        Assert.InRange(Now - start, Short - TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Within_should_give_the_result_and_what_is_left()
    {
        var (value, left) = Within(TimeSpan.FromSeconds(10), () => (5, Remaining));

        Assert.Equal(5, value);
        Assert.InRange(left, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void Within_should_fail_when_it_ends_too_early() =>
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), () => { }));

    [Fact]
    public void Inner_Within_should_not_outlast_the_outer_one() => Within(
        TimeSpan.FromSeconds(3),
        () => Within(TimeSpan.FromSeconds(30), () => Assert.True(Remaining <= TimeSpan.FromSeconds(3))));

    [Fact]
    public void ExpectNoMsg_should_fill_the_rest_of_a_Within() => Within(Short, () => ExpectNoMsg());

    [Fact]
    public void AwaitAssert_should_repeat_until_it_holds()
    {
        var tries = 0;

        AwaitAssert(() => Assert.Equal(3, ++tries), interval: TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, tries);
        Assert.ThrowsAny<XunitException>(() => AwaitAssert(() => Assert.Fail("never"), Short));
    }

    [Fact]
    public void AwaitCondition_should_repeat_until_it_is_true()
    {
        var tries = 0;

        AwaitCondition(() => ++tries == 3, TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, tries);
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Short));
        Assert.False(AwaitConditionNoThrow(() => false, Short));
    }
}
