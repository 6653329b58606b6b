using Akka.TestKit.Xunit2;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>Who may do what: master, authentication, versions, capabilities.</summary>
public sealed class MasterSpecs : TestKit
{
    [Fact]
    public async Task The_first_opener_should_be_master_and_the_next_take_over_when_it_drops()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var first = await rig.OpenAsync();
        var second = await rig.OpenAsync();

        await second.RefusedAsync(Errno.EBUSY, new SetMaster());
        await second.RefusedAsync(Errno.EINVAL, new DropMaster());
        await first.DoAsync(new SetMaster());
        await first.DoAsync(new DropMaster());
        await first.RefusedAsync(Errno.EINVAL, new DropMaster());
        await second.DoAsync(new SetMaster());
        await first.RefusedAsync(Errno.EBUSY, new SetMaster());
        await second.CloseAsync();
        await first.DoAsync(new SetMaster());
        await first.CloseAsync();
    }

    [Fact]
    public async Task A_user_should_become_master_only_where_it_was_one_before()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var first = await rig.OpenAsync(userId: 1000);
        var second = await rig.OpenAsync(userId: 1000, processId: 2);

        await second.RefusedAsync(Errno.EACCES, new SetMaster());
        await second.RefusedAsync(Errno.EACCES, new DropMaster());
        await first.DoAsync(new DropMaster());
        await second.RefusedAsync(Errno.EACCES, new SetMaster());
        await first.DoAsync(new SetMaster());
        await first.CloseAsync();
        await second.CloseAsync();
    }

    [Fact]
    public async Task A_magic_should_authenticate_once()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var master = await rig.OpenAsync(userId: 1000);
        var other = await rig.OpenAsync(userId: 1000, processId: 2);
        Assert.False((await other.DoAsync(new GetClient(0))).Authenticated);
        var magic = (await other.DoAsync(new GetMagic())).Value;
        Assert.NotEqual(0u, magic);
        Assert.Equal(magic, (await other.DoAsync(new GetMagic())).Value);

        await other.RefusedAsync(Errno.EACCES, new AuthMagic(magic));
        await master.RefusedAsync(Errno.EINVAL, new AuthMagic(magic + 1));
        await master.DoAsync(new AuthMagic(magic));
        await master.RefusedAsync(Errno.EINVAL, new AuthMagic(magic));
        Assert.Equal(magic, (await other.DoAsync(new GetMagic())).Value);

        Assert.True((await other.DoAsync(new GetClient(0))).Authenticated);
        await other.RefusedAsync(Errno.EINVAL, new GetClient(1));
        await master.CloseAsync();
        await other.CloseAsync();
    }

    [Fact]
    public async Task A_magic_should_be_of_use_to_the_master_of_who_asked_for_it()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var first = await rig.OpenAsync();
        var client = await rig.OpenAsync(userId: 1000, processId: 2);
        var second = await rig.OpenAsync();
        var magic = (await client.DoAsync(new GetMagic())).Value;

        await first.DoAsync(new DropMaster());
        await second.DoAsync(new SetMaster());
        await second.RefusedAsync(Errno.EINVAL, new AuthMagic(magic));
        await second.CloseAsync();
        await first.DoAsync(new SetMaster());
        await first.DoAsync(new AuthMagic(magic));
        await first.CloseAsync();
        await client.CloseAsync();
    }

    [Fact]
    public async Task Rights_should_be_the_callers()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync(processId: 1);

        await file.RefusedAsync(Errno.EACCES, new DropMaster { Caller = new Caller(2, 1000) });
        await file.RefusedAsync(Errno.EACCES, new SetMaster { Caller = new Caller(2, 1000) });
        await file.DoAsync(new DropMaster { Caller = new Caller(1, 1000) });
        await file.DoAsync(new SetMaster { Caller = new Caller(2, 0) });
        Assert.Equal(new ClientInfo(true, 2, ClientInfo.NoUser), await file.DoAsync(new GetClient(0) { Caller = new Caller(2, 1000) }));
        await file.CloseAsync();
    }

    [Fact]
    public async Task A_bus_id_should_be_known_to_the_clients_of_who_asked_for_it()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var first = await rig.OpenAsync();
        var client = await rig.OpenAsync();
        await first.DoAsync(new SetVersion(1, 4, -1, -1));
        Assert.NotEqual("", (await client.DoAsync(new GetUnique())).Name);

        await first.CloseAsync();
        Assert.NotEqual("", (await client.DoAsync(new GetUnique())).Name);
        await client.DoAsync(new SetMaster());
        Assert.Equal("", (await client.DoAsync(new GetUnique())).Name);
        await client.CloseAsync();
    }

    [Fact]
    public async Task Calls_that_need_the_master_should_refuse_others_before_their_fields()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var master = await rig.OpenAsync();
        var other = await rig.OpenAsync();

        await other.RefusedAsync(Errno.EACCES, new ModeSetCrtc(new(9999), default, 0, 0, [], null));
        await other.RefusedAsync(Errno.EACCES, new ModePageFlip(new(9999), default, PageFlipFlags.None));
        await other.RefusedAsync(Errno.EACCES, new ModeDirtyFb(default, DirtyFlags.None, 0, []));
        await other.DoAsync(new ModeRmFb(await other.AddFramebufferAsync(64, 64)));
        await master.CloseAsync();
        await other.CloseAsync();
    }

    [Theory]
    [InlineData(1, 4, -1, 0, Errno.None)]
    [InlineData(1, 99, -1, 0, Errno.EINVAL)]
    [InlineData(9, 0, -1, 0, Errno.EINVAL)]
    [InlineData(-1, 0, 1, 0, Errno.None)]
    [InlineData(-1, 0, 2, 0, Errno.EINVAL)]
    [InlineData(-1, 0, 1, 1, Errno.EINVAL)]
    [InlineData(-1, 0, -1, 0, Errno.None)]
    public async Task SetVersion_should_write_back_what_there_is(int diMajor, int diMinor, int ddMajor, int ddMinor, Errno expected)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();
        Assert.Equal("", (await file.DoAsync(new GetUnique())).Name);

        var reply = await file.CallAsync(new SetVersion(diMajor, diMinor, ddMajor, ddMinor));

        Assert.Equal(expected, reply.Errno);
        Assert.Equal(new VersionAgreed(1, 4, 1, 0), reply.Value);
        Assert.Equal((diMajor, diMinor) is (1, 4) ? "display-subsystem" : "", (await file.DoAsync(new GetUnique())).Name);
        await file.CloseAsync();
    }

    [Fact]
    public async Task GetVersion_should_name_the_driver()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();

        Assert.Equal(new DriverVersion(1, 0, 0, "rockchip", "20140818", "RockChip Soc DRM"), await file.DoAsync(new GetVersion()));
        await file.CloseAsync();
    }

    [Theory]
    [InlineData(0, 1, Errno.EINVAL)]
    [InlineData(1, 1, Errno.None)]
    [InlineData(1, 2, Errno.EINVAL)]
    [InlineData(2, 2, Errno.EINVAL)]
    [InlineData(3, 2, Errno.None)]
    [InlineData(3, 3, Errno.EINVAL)]
    [InlineData(4, 1, Errno.None)]
    [InlineData(5, 1, Errno.EINVAL)]
    [InlineData(6, 1, Errno.EINVAL)]
    public async Task SetClientCap_should_know_caps_and_values(ulong cap, ulong value, Errno expected)
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var file = await rig.OpenAsync();

        Assert.Equal(expected, (await file.CallAsync(new SetClientCap((ClientCapability)cap, value))).Errno);
        await file.CloseAsync();
    }

    [Fact]
    public async Task Closing_should_call_postclose_each_time_and_lastclose_at_the_last()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        var first = await rig.OpenAsync();
        var second = await rig.OpenAsync();

        await first.CloseAsync();
        Assert.Equal(["postclose 1"], rig.Driver.Calls);
        await second.CloseAsync();
        Assert.Equal(["postclose 1", "postclose 2", "lastclose"], rig.Driver.Calls);
    }

    [Fact]
    public async Task A_driver_that_refuses_an_open_should_not_hear_of_a_close()
    {
        await using var rig = await DeviceRig.StartAsync(Sys);
        rig.Driver.RefuseOpen = Errno.EBUSY;

        var reply = await rig.AskAsync<Reply<Protocol.CardOpened>>(
            rig.Device, new Protocol.OpenCard(DeviceRig.Minor, new Protocol.Credentials(1, 0)));

        Assert.Equal(Errno.EBUSY, reply.Errno);
        rig.Driver.RefuseOpen = Errno.None;
        Assert.Empty(rig.Driver.Calls);
    }
}
