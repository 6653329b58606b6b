using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Leases through the host API, on the two CRTCs of an RK3399.</summary>
public sealed class LeaseTests : HostTest
{
    private sealed record Parts(DrmCard Master, ModeResources All, PlaneId[] Primaries)
    {
        public uint[] Of(int crtc) => [All.Crtcs[crtc].Value, All.Connectors[crtc].Value, Primaries[crtc].Value];
    }

    [Fact]
    public async Task A_lessee_should_know_of_what_it_has_and_of_nothing_else()
    {
        var parts = await LookAsync();
        var (lessee, card) = await parts.Master.LeaseAsync(parts.Of(1));

        Assert.Equal(1u, lessee);
        Assert.Equal(1u, Assert.Single(await parts.Master.ListLesseesAsync()));
        Assert.Equal(parts.Of(1).Order(), await card.GetLeaseAsync());
        await card.SetClientCapAsync(ClientCapability.UniversalPlanes, 1);
        var seen = await card.GetResourcesAsync();
        Assert.Equal(parts.All.Crtcs[1], Assert.Single(seen.Crtcs));
        Assert.Equal(parts.All.Connectors[1], Assert.Single(seen.Connectors));
        Assert.Equal(parts.All.Encoders.AsEnumerable(), seen.Encoders);
        Assert.Equal(parts.Primaries[1], Assert.Single((await card.CallAsync(new ModeGetPlaneResources())).Value!.Planes));
        // The second CRTC of the device is the first of the lessee.
        Assert.Equal(1u, (await card.CallAsync(new ModeGetPlane(parts.Primaries[1]))).Value!.PossibleCrtcs);
        Assert.Equal(1u, (await card.GetEncoderAsync(seen.Encoders[0])).PossibleCrtcs);
        await RefusedAsync(Errno.ENOENT, () => card.GetCrtcAsync(parts.All.Crtcs[0]));
        await RefusedAsync(Errno.ENOENT, () => card.GetConnectorAsync(parts.All.Connectors[0]));
        Assert.Equal(Errno.ENOENT, (await card.CallAsync(new ModeGetPlane(parts.Primaries[0]))).Errno);
        Assert.Equal(Errno.ENOENT, (await card.CallAsync(new ModeObjGetProperties(parts.All.Crtcs[0].Value, ObjectType.Crtc))).Errno);
        await card.DisposeAsync();
    }

    [Fact]
    public async Task A_lessee_should_light_its_screen_flip_and_count_its_own_crtc_as_the_first()
    {
        var parts = await LookAsync();
        // The HDMI connector, which has a monitor, on the second CRTC.
        uint[] objects = [parts.All.Crtcs[1].Value, parts.All.Connectors[0].Value, parts.Primaries[1].Value];
        await using var card = (await parts.Master.LeaseAsync(objects)).Card;
        var mode = (await card.GetConnectorAsync(parts.All.Connectors[0])).Modes[0];
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        var framebuffer = await card.AddFbAsync(buffer);

        await card.SetCrtcAsync(parts.All.Crtcs[1], framebuffer, parts.All.Connectors[0], mode);
        await card.PageFlipAsync(parts.All.Crtcs[1], framebuffer, userData: 7);
        var flip = Assert.IsType<FlipCompleteEvent>(await Soon(card.NextEventAsync()));
        Assert.Equal((7ul, parts.All.Crtcs[1]), (flip.UserData, flip.Crtc));
        Assert.True((await Soon(card.WaitVblankAsync(VblankTarget.Next))).Sequence > 0);
        await RefusedAsync(Errno.EINVAL, () => card.WaitVblankAsync(VblankTarget.Next, crtc: 1));
        // What it has lent, the lessor can still use.
        await parts.Master.PageFlipAsync(parts.All.Crtcs[1], await OwnFramebufferAsync(parts.Master, mode), PageFlipFlags.None);
        await RefusedAsync(Errno.ENOENT, () => card.SetCrtcAsync(parts.All.Crtcs[0], framebuffer, parts.All.Connectors[0], mode));
    }

    [Fact]
    public async Task A_revoked_lease_should_hold_nothing_and_can_be_lent_again()
    {
        var parts = await LookAsync();
        await using var first = (await parts.Master.LeaseAsync(parts.Of(0))).Card;
        await RefusedAsync(Errno.EBUSY, () => parts.Master.LeaseAsync(parts.Of(0)));

        await parts.Master.RevokeLeaseAsync(1);
        Assert.Empty(await first.GetLeaseAsync());
        Assert.Empty((await first.GetResourcesAsync()).Crtcs);
        Assert.Empty(await parts.Master.ListLesseesAsync());
        await using var second = (await parts.Master.LeaseAsync(parts.Of(0))).Card;
        // The first still is lessee 1.
        Assert.Equal(2u, Assert.Single(await parts.Master.ListLesseesAsync()));
        await RefusedAsync(Errno.ENOENT, () => parts.Master.RevokeLeaseAsync(3));
        await RefusedAsync(Errno.EACCES, () => second.RevokeLeaseAsync(1));
        await RefusedAsync(Errno.EINVAL, () => second.LeaseAsync(parts.Of(0)));
    }

    [Fact]
    public async Task A_lessee_that_closes_should_give_back_what_it_had()
    {
        var parts = await LookAsync();
        var lease = await parts.Master.LeaseAsync(parts.Of(0));
        await lease.Card.DisposeAsync();
        Assert.Empty(await parts.Master.ListLesseesAsync());
        Assert.Equal(1u, (await parts.Master.LeaseAsync(parts.Of(0))).Lessee);
    }

    [Fact]
    public async Task A_lessee_should_be_master_while_its_lessor_is()
    {
        var parts = await LookAsync();
        await using var card = (await parts.Master.LeaseAsync(parts.Of(0))).Card;
        await card.SetMasterAsync();
        await RefusedAsync(Errno.EINVAL, () => card.DropMasterAsync());

        await parts.Master.DropMasterAsync();
        await RefusedAsync(Errno.EACCES, () => card.GetLeaseAsync());
        await RefusedAsync(Errno.EINVAL, () => card.SetMasterAsync());
        await parts.Master.SetMasterAsync();
        Assert.Equal(3, (await card.GetLeaseAsync()).Length);

        await parts.Master.DisposeAsync();
        await RefusedAsync(Errno.EACCES, () => card.GetLeaseAsync());
        await using var next = await OpenAsync();
        await next.GetLeaseAsync();
        await RefusedAsync(Errno.EACCES, () => card.GetLeaseAsync());
    }

    [Theory]
    [InlineData(Errno.ENOENT, "c0 n0 9999")]
    [InlineData(Errno.EINVAL, "c0 n0 e0")]
    [InlineData(Errno.EINVAL, "c0 p0")]
    [InlineData(Errno.EINVAL, "n0 p0")]
    [InlineData(Errno.EINVAL, "c0 n0")]
    [InlineData(Errno.ENOSPC, "c0 n0 p0 n0")]
    public async Task What_cannot_be_lent_should_be_refused(Errno errno, string objects)
    {
        var parts = await LookAsync();
        uint Id(string name) => name[0] switch
        {
            'c' => parts.All.Crtcs[name[1] - '0'].Value,
            'n' => parts.All.Connectors[name[1] - '0'].Value,
            'e' => parts.All.Encoders[name[1] - '0'].Value,
            'p' => parts.Primaries[name[1] - '0'].Value,
            _ => uint.Parse(name, System.Globalization.CultureInfo.InvariantCulture),
        };
        await RefusedAsync(errno, () => parts.Master.LeaseAsync(objects.Split(' ').Select(Id)));
        Assert.Empty(await parts.Master.ListLesseesAsync());
    }

    [Fact]
    public async Task A_client_without_universal_planes_should_lend_those_of_its_crtc_with_it()
    {
        await using var master = await OpenAsync();
        var all = await master.GetResourcesAsync();
        await using var card = (await master.LeaseAsync([all.Crtcs[0].Value, all.Connectors[0].Value])).Card;
        Assert.True((await card.GetLeaseAsync()).Length >= 3);
    }

    private static async Task<FramebufferId> OwnFramebufferAsync(DrmCard card, ModeInfo mode) =>
        await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));

    private async Task<Parts> LookAsync()
    {
        var master = await OpenAsync();
        await master.SetClientCapAsync(ClientCapability.UniversalPlanes, 1);
        var all = await master.GetResourcesAsync();
        var planes = new List<PlaneId>();
        foreach (var id in (await master.CallAsync(new ModeGetPlaneResources())).Value!.Planes)
            planes.Add(id);
        PlaneId PrimaryOf(int crtc) => planes.First(p => master.CallAsync(new ModeGetPlane(p)).Result.Value!.PossibleCrtcs == 1u << crtc);
        return new Parts(master, all, [PrimaryOf(0), PrimaryOf(1)]);
    }
}
