namespace DrmActors.Actors.Tests;

/// <summary>The numbers that are taken, held against a set of those that are free.</summary>
public sealed class IdTableTests
{
    private const int Most = 400;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    public void The_lowest_free_number_should_come_first(int first, int seed)
    {
        var random = new Random(seed);
        var table = new IdTable<string>(first);
        var model = new SortedDictionary<int, string?>();
        for (var step = 0; step < 20_000; step++)
        {
            var number = random.Next(Most);
            // In waves, so that the table fills and empties.
            if (model.Count < Most && (step / 1000 % 2 == 0 ? random.Next(4) > 0 : random.Next(4) == 0))
            {
                var lowest = Enumerable.Range(first, Most + 1).First(n => !model.ContainsKey(n));
                var isReserved = random.Next(3) == 0;
                Assert.Equal(lowest, isReserved ? table.Reserve() : table.Add($"{step}"));
                model.Add(lowest, isReserved ? null : $"{step}");
            }
            else if (model.TryGetValue(number, out var item) && item is null)
            {
                var isMade = random.Next(2) == 0;
                table.Set(number, isMade ? $"{step}" : null);
                model.Remove(number);
                if (isMade)
                    model.Add(number, $"{step}");
            }
            else
            {
                Assert.Equal(item, table.Remove(number));
                model.Remove(number);
            }

            Assert.Equal(model.Count, table.Count);
            Assert.Equal(model.GetValueOrDefault(number), table.Find(number));
        }

        Assert.Equal(model.Where(m => m.Value is not null).Select(m => (m.Key, m.Value!)), table.Held);
    }

    [Fact]
    public void A_number_that_is_given_back_twice_should_be_free_once()
    {
        var table = new IdTable<string>();
        var number = table.Reserve();

        table.Set(number, null);
        table.Set(number, null);

        Assert.Equal(0, table.Count);
        Assert.NotEqual(table.Reserve(), table.Reserve());
    }

    [Fact]
    public async Task Who_looks_while_it_grows_should_find_what_has_the_number()
    {
        const int Numbers = 50_000;
        var table = new IdTable<object>();
        var added = 0;
        var looking = Task.Run(() =>
        {
            var found = 0;
            for (var last = 0; last < Numbers; last = Volatile.Read(ref added))
                for (var id = Math.Max(1, last - 10); id <= last + 1; id++)
                    if (table.Find(id) is { } item)
                        Assert.Equal(id, found = (int)item);
                    else
                        Assert.True(id > last, $"{id} was added, as all until {last}");
            return found;
        });
        for (var i = 1; i <= Numbers; i++)
        {
            Assert.Equal(i, table.Add(i));
            Volatile.Write(ref added, i);
        }

        await looking;
    }
}
