using DrmActors.Simulation.Exploring;

namespace DrmActors.Simulation.Tests;

public sealed class ShrinkerTests
{
    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 0, 99 })]
    [InlineData(new[] { 7, 8, 50, 51, 98 })]
    public void What_is_needed_should_be_all_that_is_left(int[] needed) =>
        Assert.Equal(needed, Shrinker.Shrink([.. Enumerable.Range(0, 100)], items => needed.All(items.Contains)));

    [Fact]
    public void What_fails_by_itself_should_shrink_to_nothing() => Assert.Empty(Shrinker.Shrink([1, 2, 3], _ => true));

    [Fact]
    public void What_goes_only_in_pairs_should_go_too() =>
        Assert.Equal([0, 7], Shrinker.ShrinkByPairs([.. Enumerable.Range(0, 8)], items => items.Contains(0) && items.Contains(7) && items.Count % 2 == 0));

    [Fact]
    public void No_item_of_the_rest_should_be_left_out_without_it_passing()
    {
        static bool Fails(IReadOnlyList<int> items) => items.Sum() >= 100 && items.Count % 2 == 0;
        var rest = Shrinker.Shrink([.. Enumerable.Range(0, 40)], Fails);

        Assert.True(Fails(rest));
        Assert.All(rest, item => Assert.False(Fails([.. rest.Where(i => i != item)])));
    }
}
