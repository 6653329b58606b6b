using System.Text.Json;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

/// <summary>Sizes and directions: what the number says decides, whatever the call.</summary>
public sealed class UapiCodecTests
{
    private const byte GetCapNr = 0x0c;
    private static readonly byte[] GetPrime = Ioctl.BytesOf(new drm_get_cap { capability = (ulong)Capability.Prime, value = 0x55 });
    private static readonly Reply<CapValue> Three = Reply<CapValue>.Success(new CapValue(3));
    private readonly ClientMemory _memory = new();

    [Fact]
    public void Larger_argument_should_keep_its_tail()
    {
        var number = new IoctlNumber(IoctlDirection.ReadWrite, (byte)'d', GetCapNr, 32);
        byte[] argument = [.. GetPrime, .. Enumerable.Repeat((byte)0xaa, 24)];

        Assert.Equal((Errno.None, new GetCap(Capability.Prime)), UapiCodec.Decode(number, argument, _memory));
        Assert.Equal(Errno.None, UapiCodec.Encode(number, Three, argument, _memory));
        Assert.Equal(3, argument[8]);
        Assert.Equal(Enumerable.Repeat((byte)0xaa, 24), argument[16..]);
    }

    [Fact]
    public void Larger_argument_that_only_comes_out_should_end_in_zeros()
    {
        var number = new IoctlNumber(IoctlDirection.Read, (byte)'d', 0x02, 12);
        byte[] argument = [.. Enumerable.Repeat((byte)0xaa, 16)];

        Assert.Equal(Errno.None, UapiCodec.Encode(number, Reply<Magic>.Success(new Magic(7)), argument, _memory));
        Assert.Equal([7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xaa, 0xaa, 0xaa, 0xaa], argument);
    }

    [Fact]
    public void Shorter_argument_should_be_read_as_zeros_and_cut_on_the_way_out()
    {
        var number = new IoctlNumber(IoctlDirection.ReadWrite, (byte)'d', GetCapNr, 8);
        byte[] argument = [.. GetPrime];

        Assert.Equal((Errno.None, new GetCap(Capability.Prime)), UapiCodec.Decode(number, argument, _memory));
        Assert.Equal(Errno.None, UapiCodec.Encode(number, Three, argument, _memory));
        Assert.Equal(GetPrime, argument);
    }

    [Fact]
    public void Every_call_should_take_an_argument_of_any_size()
    {
        foreach (IoctlRow row in IoctlTable.Rows.Where(r => r.Number.Direction == IoctlDirection.ReadWrite))
        {
            int full = row.Number.Size;
            foreach (int size in Enumerable.Range(0, full + 20))
            {
                var number = new IoctlNumber(IoctlDirection.ReadWrite, row.Number.Type, row.Number.Nr, size);
                byte[] given = [.. Enumerable.Range(1, full + 20).Select(i => (byte)i)];
                byte[] whole = [.. given[..Math.Min(size, full)], .. new byte[full - Math.Min(size, full)]];
                byte[] back = [.. given];

                IIoctl expected = UapiCodec.Decode(row.Number, whole, _memory).Call!;
                IIoctl call = UapiCodec.Decode(number, given.AsSpan(0, size), _memory).Call!;
                Assert.Equal(JsonSerializer.Serialize<object>(expected), JsonSerializer.Serialize<object>(call));
                // What has nothing to say leaves all of it as it was, but for what the call clears itself.
                Errno errno = UapiCodec.Encode(number, call.Fail(Errno.EPERM), back, _memory);
                UapiCodec.Encode(row.Number, expected.Fail(Errno.EPERM), whole, _memory);
                Assert.Equal(Errno.EPERM, errno);
                Assert.Equal([.. whole[..Math.Min(size, full)], .. given[Math.Min(size, full)..]], back);
            }
        }
    }

    [Fact]
    public void Argument_that_is_not_passed_in_should_read_as_zeros()
    {
        var read = new IoctlNumber(IoctlDirection.Read, (byte)'d', GetCapNr, 16);
        var none = new IoctlNumber(IoctlDirection.None, (byte)'d', GetCapNr, 0);

        Assert.Equal((Errno.None, new GetCap(default)), UapiCodec.Decode(read, GetPrime, _memory));
        Assert.Equal((Errno.None, new GetCap(default)), UapiCodec.Decode(none, [], _memory));
    }

    [Fact]
    public void Argument_that_does_not_come_out_should_be_left()
    {
        var write = new IoctlNumber(IoctlDirection.Write, (byte)'d', GetCapNr, 16);
        byte[] argument = [.. GetPrime];

        Assert.Equal(Errno.None, UapiCodec.Encode(write, Three, argument, _memory));
        Assert.Equal(GetPrime, argument);
    }

    [Fact]
    public void Direction_of_the_call_itself_should_decide_as_well()
    {
        // GET_MAGIC is _IOR and GEM_CLOSE _IOW, whatever a client makes of them.
        byte[] magic = [9, 9, 9, 9];
        var getMagic = new IoctlNumber(IoctlDirection.ReadWrite, (byte)'d', 0x02, 4);
        Assert.Equal(Errno.None, UapiCodec.Encode(getMagic, Reply<Magic>.Success(new Magic(7)), magic, _memory));
        Assert.Equal([7, 0, 0, 0], magic);

        byte[] close = [1, 0, 0, 0, 7, 0, 0, 0];
        var gemClose = new IoctlNumber(IoctlDirection.ReadWrite, (byte)'d', 0x09, 8);
        Assert.Equal((Errno.None, new GemClose(new(1), 7)), UapiCodec.Decode(gemClose, close, _memory));
        Assert.Equal(Errno.EINVAL, UapiCodec.Encode(gemClose, Reply<Done>.Failed(Errno.EINVAL), close, _memory));
        Assert.Equal([1, 0, 0, 0, 7, 0, 0, 0], close);
    }

    [Fact]
    public void Unreadable_argument_should_be_a_fault_after_an_unknown_number()
    {
        IoctlNumber known = Ioctl.NumberOf<GetCap>();

        Assert.Equal((Errno.EFAULT, null), UapiCodec.Decode(known, [], _memory));
        Assert.Equal(Errno.EFAULT, UapiCodec.Encode(known, Three, new byte[15], _memory));
        Assert.Equal((Errno.EINVAL, null), UapiCodec.Decode(new IoctlNumber(0xc01064ff), [], _memory));
        Assert.Equal((Errno.ENOTTY, null), UapiCodec.Decode(new IoctlNumber(0xc0107800), [], _memory));
        Assert.Equal(Errno.EINVAL, UapiCodec.Encode(new IoctlNumber(0xc01064ff), Three, [], _memory));
    }

    [Fact]
    public void Failure_should_come_back_with_the_argument_as_it_was()
    {
        var argument = new drm_mode_create_dumb { width = 1, height = 2, bpp = 3, flags = 4, handle = 5, pitch = 6, size = 7 };

        Assert.Equal(Errno.ENOMEM, Ioctl.Encode<ModeCreateDumb, drm_mode_create_dumb>(Reply<DumbBuffer>.Failed(Errno.ENOMEM), ref argument));
        Assert.Equal(new drm_mode_create_dumb { width = 1, height = 2, bpp = 3, flags = 4, handle = 5, pitch = 6, size = 7 }, argument);
    }
}
