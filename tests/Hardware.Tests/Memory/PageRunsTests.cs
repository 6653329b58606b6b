using DrmActors.Hardware.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Memory;

public sealed class PageRunsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1_023)]
    [InlineData(100_001)]
    public void Runs_should_give_out_the_last_hole_whole(int pages)
    {
        using var runs = new PageRuns(pages);

        Assert.Equal(0, runs.Take(pages));
        Assert.Equal(PageTag.None, runs.Take(1));
    }

    [Fact]
    public void Runs_should_join_their_neighbours_in_whatever_order_they_come_back() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Calls, calls => Run(calls)));

    private static Arbitrary<int[]> Calls => Gen.Choose(0, 9_999).ArrayOf().ToArbitrary();

    // Against a flag a page: 0 free, 1 in use, 2 dirty. The request's size and the choice of a run are the call's upper digits.
    private static void Run(int[] calls)
    {
        const int pages = 40;
        using var runs = new PageRuns(pages);
        var flags = new int[pages];
        var taken = new List<(int Start, int Pages)>();
        foreach (var call in calls)
        {
            var argument = call / 4;
            switch (call % 4)
            {
                case < 2:
                    var wanted = 1 + (argument % pages);
                    var start = runs.Take(wanted);
                    Assert.Equal(Fits(flags, wanted), start != PageTag.None);
                    if (start == PageTag.None)
                        break;
                    Assert.All(flags[start..(start + wanted)], flag => Assert.Equal(0, flag));
                    Array.Fill(flags, 1, start, wanted);
                    taken.Add((start, wanted));
                    break;
                case 2 when taken.Count > 0:
                    var run = taken[argument % taken.Count];
                    taken.Remove(run);
                    runs.GiveDirty(run.Start);
                    Array.Fill(flags, 2, run.Start, run.Pages);
                    break;
                case 3:
                    for (var dirty = runs.TakeDirty(1 + (argument % 3), out var left); dirty != PageTag.None;)
                    {
                        var next = runs[dirty].Link;
                        Assert.Equal(MaximalRun(flags, dirty), runs[dirty].Pages);
                        Array.Fill(flags, 0, dirty, runs[dirty].Pages);
                        left -= runs[dirty].Pages;
                        runs.GiveFree(dirty);
                        dirty = next;
                        Assert.Equal(dirty == PageTag.None, left == 0);
                    }
                    break;
            }
            Assert.Equal(flags.Count(flag => flag == 2), runs.DirtyPages);
        }
    }

    private static int MaximalRun(int[] flags, int start)
    {
        Assert.True(start == 0 || flags[start - 1] != 2, "a neighbour before it is dirty too");
        var end = start;
        while (end < flags.Length && flags[end] == 2)
            end++;
        return end - start;
    }

    private static bool Fits(int[] flags, int pages)
    {
        var run = 0;
        return flags.Any(flag => (run = flag == 0 ? run + 1 : 0) == pages);
    }
}
