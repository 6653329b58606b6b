using System.Text;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class CoreCodecTests
{
    private static readonly Reply<DriverVersion> Rockchip =
        Reply<DriverVersion>.Success(new DriverVersion(1, 2, 3, "rockchip", "20140818", "RockChip Soc DRM"));

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Version_should_tell_the_true_lengths_where_nothing_is_asked_for()
    {
        var argument = default(drm_version);

        Assert.Equal(Errno.None, Ioctl.Encode<GetVersion, drm_version>(Rockchip, ref argument, _memory));
        Assert.Equal((1, 2, 3), (argument.version_major, argument.version_minor, argument.version_patchlevel));
        Assert.Equal((8ul, 8ul, 16ul), (argument.name_len, argument.date_len, argument.desc_len));
    }

    [Fact]
    public void Version_should_cut_strings_to_their_buffers()
    {
        var argument = new drm_version { name = ClientMemory.Start, name_len = 3, desc = ClientMemory.Start + 8, desc_len = 99, date_len = 99 };

        Assert.Equal(Errno.None, Ioctl.Encode<GetVersion, drm_version>(Rockchip, ref argument, _memory));
        Assert.Equal("roc\0\0\0\0\0RockChip Soc DRM\0", Encoding.ASCII.GetString(_memory.Bytes, 0, 25));
        Assert.Equal((8ul, 8ul, 16ul), (argument.name_len, argument.date_len, argument.desc_len));
    }

    [Fact]
    public void Version_should_stop_at_a_string_that_cannot_be_written()
    {
        var argument = new drm_version
        {
            name = ClientMemory.Start,
            name_len = 8,
            date = ClientMemory.Unmapped,
            date_len = 9,
            desc = ClientMemory.Start + 8,
            desc_len = 9,
        };

        Assert.Equal(Errno.EFAULT, Ioctl.Encode<GetVersion, drm_version>(Rockchip, ref argument, _memory));
        Assert.Equal((1, 8ul, 8ul, 9ul), (argument.version_major, argument.name_len, argument.date_len, argument.desc_len));
        Assert.Equal(0, _memory.Bytes[8]);
    }

    [Fact]
    public void SetVersion_should_be_written_back_on_failure()
    {
        var argument = new drm_set_version { drm_di_major = 9, drm_di_minor = 8, drm_dd_major = -1, drm_dd_minor = 7 };

        Assert.Equal(new SetVersion(9, 8, -1, 7), Ioctl.Decode<SetVersion, drm_set_version>(argument));
        var reply = new Reply<VersionAgreed>(Errno.EINVAL, new VersionAgreed(1, 4, 1, 0));
        Assert.Equal(Errno.EINVAL, Ioctl.Encode<SetVersion, drm_set_version>(reply, ref argument));
        Assert.Equal(new drm_set_version { drm_di_major = 1, drm_di_minor = 4, drm_dd_major = 1, drm_dd_minor = 0 }, argument);
    }

    [Fact]
    public void Unique_should_come_whole_or_not_at_all()
    {
        Reply<UniqueName> reply = Reply<UniqueName>.Success(new UniqueName("platform:display"));
        var argument = new drm_unique { unique = ClientMemory.Start, unique_len = 15 };

        Assert.Equal(Errno.None, Ioctl.Encode<GetUnique, drm_unique>(reply, ref argument, _memory));
        Assert.Equal(16ul, argument.unique_len);
        Assert.Equal(0, _memory.Bytes[0]);
        Assert.Equal(Errno.None, Ioctl.Encode<GetUnique, drm_unique>(reply, ref argument, _memory));
        Assert.Equal("platform:display\0", Encoding.ASCII.GetString(_memory.Bytes, 0, 17));

        argument = new drm_unique { unique = ClientMemory.Unmapped, unique_len = 99 };
        Assert.Equal(Errno.EFAULT, Ioctl.Encode<GetUnique, drm_unique>(reply, ref argument, _memory));
        Assert.Equal(99ul, argument.unique_len);
    }

    [Fact]
    public void Client_should_be_told_its_own_entry()
    {
        var argument = new drm_client { idx = 3, magic = 9, iocs = 9 };

        Assert.Equal(new GetClient(3), Ioctl.Decode<GetClient, drm_client>(argument));
        Assert.Equal(Errno.None, Ioctl.Encode<GetClient, drm_client>(Reply<ClientInfo>.Success(new ClientInfo(true, 42, 1000)), ref argument));
        Assert.Equal(new drm_client { idx = 3, auth = 1, pid = 42, uid = 1000 }, argument);
    }

    [Fact]
    public void Stats_should_be_cleared()
    {
        var argument = default(drm_stats);
        argument.count = 5;
        argument.data[14].value = 6;

        Assert.Equal(Errno.None, Ioctl.Encode<GetStats, drm_stats>(Done.Ok, ref argument));
        Assert.All(Ioctl.BytesOf(argument), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Magic_should_go_out_and_come_back()
    {
        var argument = default(drm_auth);

        Assert.Equal(Errno.None, Ioctl.Encode<GetMagic, drm_auth>(Reply<Magic>.Success(new Magic(77)), ref argument));
        Assert.Equal(new AuthMagic(77), Ioctl.Decode<AuthMagic, drm_auth>(argument));
    }

    [Fact]
    public void Calls_without_an_argument_should_be_themselves()
    {
        Assert.Equal((Errno.None, new SetMaster()), UapiCodec.Decode(Ioctl.NumberOf<SetMaster>(), [], _memory));
        Assert.Equal((Errno.None, new DropMaster()), UapiCodec.Decode(Ioctl.NumberOf<DropMaster>(), [], _memory));
        Assert.Equal(Errno.EBUSY, UapiCodec.Encode(Ioctl.NumberOf<SetMaster>(), Reply<Done>.Failed(Errno.EBUSY), [], _memory));
        Assert.Equal((Errno.None, new GetVersion()), UapiCodec.Decode(Ioctl.NumberOf<GetVersion>(), new byte[64], _memory));
        Assert.Equal((Errno.None, new GetStats()), UapiCodec.Decode(Ioctl.NumberOf<GetStats>(), [], _memory));
        Assert.Equal((Errno.None, new GetMagic()), UapiCodec.Decode(Ioctl.NumberOf<GetMagic>(), [], _memory));
        Assert.Equal((Errno.None, new GetUnique()), UapiCodec.Decode(Ioctl.NumberOf<GetUnique>(), new byte[16], _memory));
    }

    [Fact]
    public void Capability_should_read_as_zero_where_it_is_unknown()
    {
        var argument = new drm_get_cap { capability = ulong.MaxValue, value = 9 };

        Assert.Equal(new GetCap((Capability)ulong.MaxValue), Ioctl.Decode<GetCap, drm_get_cap>(argument));
        Assert.Equal(Errno.EINVAL, Ioctl.Encode<GetCap, drm_get_cap>(Reply<CapValue>.Failed(Errno.EINVAL), ref argument));
        Assert.Equal(new drm_get_cap { capability = ulong.MaxValue, value = 0 }, argument);
    }

    [Fact]
    public void Gone_device_should_leave_the_argument_alone()
    {
        var argument = new drm_get_cap { capability = 1, value = 9 };

        Assert.Equal(Errno.ENODEV, Ioctl.Encode<GetCap, drm_get_cap>(Reply<CapValue>.Failed(Errno.ENODEV), ref argument));
        Assert.Equal(9ul, argument.value);
    }

    [Fact]
    public void Client_capability_should_keep_values_that_nobody_knows()
    {
        var argument = new drm_set_client_cap { capability = 1ul << 63, value = 1ul << 62 };

        Assert.Equal(new SetClientCap((ClientCapability)(1ul << 63), 1ul << 62), Ioctl.Decode<SetClientCap, drm_set_client_cap>(argument));
    }
}
