using DrmActors.Messages.Uapi;

namespace DrmActors.Refusals;

/// <summary>The contract of refusals, for each way on which calls come to a card: the errno of each, the order of the checks, and that nothing changes.</summary>
public abstract class RefusalSpecs
{
    private const uint OtherType = 0x7800;
    private const uint UnknownNr = 0x645f;

    public static TheoryData<string> Groups => [.. RefusalTable.Groups];

    /// <summary>A host with this board, and a process that can open its card.</summary>
    private protected abstract Task<RawClient> StartAsync(string board, bool isRoot);

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Call_should_be_refused_as_by_a_kernel(string group)
    {
        var rows = RefusalTable.Of(group).ToList();
        await using var client = await StartAsync(rows[0].Board, rows[0].IsRoot);
        var scene = await Scene.SetAsync(client);
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            if (row.Before is { } before)
                await before(scene);
            var was = client.State;
            var errno = await scene.TryAsync(row);
            if (errno != row.Errno)
                wrong.Add($"{row.Ioctl}: {row.Reason}: {errno} instead of {row.Errno}");
            if (errno != Errno.None && !IsSame(was, client.State))
                wrong.Add($"{row.Ioctl}: {row.Reason}: refused, and the device has changed");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Whoever_may_not_should_hear_of_that_before_anything_in_the_argument()
    {
        await using var client = await StartAsync("rk3399", isRoot: false);
        var scene = await Scene.SetAsync(client);
        foreach (var row in IoctlTable.Rows.Where(r => (r.Rights & (IoctlRights.Master | IoctlRights.Auth)) != IoctlRights.None))
        {
            var argument = new byte[row.Number.Size];
            argument.AsSpan().Fill(0xff);
            Assert.Equal((row.Name, Errno.EACCES), (row.Name, await client.IoctlAsync(scene.Other, row.Number, argument)));
            if (row.Number.Size > 0)
                Assert.Equal((row.Name, Errno.EFAULT), (row.Name, await client.IoctlAsync(scene.Other, row.Number, argument: null)));
        }
    }

    [Fact]
    public async Task An_argument_that_cannot_be_read_should_be_EFAULT()
    {
        await using var client = await StartAsync("rk3399", isRoot: false);
        var scene = await Scene.SetAsync(client);
        foreach (var row in IoctlTable.Rows.Where(r => r.Number.Size > 0 && r.Number.Direction.HasFlag(IoctlDirection.Write)))
            Assert.Equal((row.Name, Errno.EFAULT), (row.Name, await client.IoctlAsync(scene.Master, row.Number, argument: null)));
    }

    [Fact]
    public async Task An_argument_of_the_drivers_own_calls_that_cannot_be_read_should_be_EFAULT()
    {
        await using var client = await StartAsync("vgem", isRoot: false);
        var card = await client.OpenAsync();
        foreach (var row in IoctlTable.DriverRows)
            Assert.Equal((row.Name, Errno.EFAULT), (row.Name, await client.IoctlAsync(card, row.Number, argument: null)));
    }

    [Fact]
    public async Task A_number_that_is_no_calls_should_be_ENOTTY_by_its_type_and_EINVAL_by_its_nr()
    {
        await using var client = await StartAsync("vkms", isRoot: false);
        var card = await client.OpenAsync();
        Assert.Equal(Errno.ENOTTY, await client.IoctlAsync(card, new IoctlNumber(OtherType), []));
        Assert.Equal(Errno.EINVAL, await client.IoctlAsync(card, new IoctlNumber(UnknownNr), []));
    }

    [Fact]
    public async Task A_call_of_another_driver_should_be_EINVAL_before_its_argument_is_read()
    {
        await using var client = await StartAsync("rk3399", isRoot: true);
        var card = await client.OpenAsync();
        foreach (var row in IoctlTable.DriverRows)
            foreach (var argument in new[] { new byte[row.Number.Size], null })
                Assert.Equal((row.Name, Errno.EINVAL), (row.Name, await client.IoctlAsync(card, row.Number, argument)));
    }

    [Fact]
    public async Task A_card_that_is_gone_should_be_ENODEV_whatever_is_asked()
    {
        await using var client = await StartAsync("rk3399", isRoot: false);
        var scene = await Scene.SetAsync(client);
        await client.UnplugAsync();
        foreach (var row in IoctlTable.Rows.Concat(IoctlTable.DriverRows))
            foreach (var argument in new[] { new byte[row.Number.Size], null })
                Assert.Equal((row.Name, Errno.ENODEV), (row.Name, await client.IoctlAsync(scene.Other, row.Number, argument)));
    }

    [Fact]
    public void Every_ioctl_should_have_its_refusals_or_say_why_not()
    {
        var names = IoctlTable.Rows.Concat(IoctlTable.DriverRows).Select(r => r.Name["DRM_IOCTL_".Length..]).ToList();
        var refused = RefusalTable.All.Select(r => r.Ioctl).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(names.Where(n => !refused.Contains(n)).Order(StringComparer.Ordinal), RefusalTable.Excuses.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(refused.Except(names));
        Assert.Equal(RefusalTable.All.Count, RefusalTable.All.Select(r => (r.Ioctl, r.Reason, r.Board, r.IsRoot)).Distinct().Count());
    }

    // Ids that were thought of and not taken do not count.
    private static bool IsSame(KmsState one, KmsState other) =>
        one.Crtcs.SequenceEqual(other.Crtcs) && one.Planes.SequenceEqual(other.Planes) && one.Connectors.SequenceEqual(other.Connectors)
        && one.Framebuffers.Keys.SequenceEqual(other.Framebuffers.Keys) && one.Blobs.Keys.SequenceEqual(other.Blobs.Keys);
}
