using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What a client says of itself, and what is made of what it is called.</summary>
public sealed class ClientTests : HostTest
{
    public static TheoryData<string, Errno> Names => new()
    {
        { "compositor", Errno.None },
        { "", Errno.None },
        { new string('n', 64), Errno.None },
        { new string('n', 65), Errno.EINVAL },
        { "two words", Errno.EINVAL },
        { "line\n", Errno.EINVAL },
        { "cut\0short", Errno.EINVAL },
        { "\u007f", Errno.EINVAL },
        { "\u0085", Errno.EINVAL },
        { "caf\u00e9", Errno.None },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_should_be_one_word_that_can_be_printed(string name, Errno expected)
    {
        var card = await OpenAsync();
        await card.SetClientNameAsync("before");

        Assert.Equal(expected, (await card.CallAsync(new SetClientName(name))).Errno);

        Assert.Equal(expected == Errno.None ? name : "before", card.View.Name);
    }

    [Theory]
    [InlineData("Xorg", 1, Errno.EOPNOTSUPP)]
    [InlineData("X", 1, Errno.EOPNOTSUPP)]
    [InlineData("Xorg", 2, Errno.None)]
    [InlineData("Xorg", 0, Errno.None)]
    [InlineData("Xorg", 3, Errno.EINVAL)]
    [InlineData("xeyes", 1, Errno.None)]
    [InlineData("", 1, Errno.None)]
    public async Task An_X_server_should_not_be_atomic(string process, ulong value, Errno expected)
    {
        var card = await OpenAsync(DrmClient.Host with { Name = process });

        Assert.Equal(expected, (await card.CallAsync(new SetClientCap(ClientCapability.Atomic, value))).Errno);
        Assert.Equal(Errno.None, (await card.CallAsync(new SetClientCap(ClientCapability.UniversalPlanes, 1))).Errno);
    }
}
