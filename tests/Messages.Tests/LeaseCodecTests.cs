using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class LeaseCodecTests
{
    private const ulong A = ClientMemory.Start;

    private readonly ClientMemory _memory = new();

    [Fact]
    public void Lease_should_name_its_objects_and_tell_its_lessee()
    {
        _memory.Put<uint>(A, 36, 37, 31);
        var argument = new drm_mode_create_lease { object_ids = A, object_count = 3, flags = 0x80800, fd = 0xdead };

        var call = Ioctl.Decode<ModeCreateLease, drm_mode_create_lease>(argument, _memory);
        Assert.Equal([36u, 37u, 31u], call.Objects.ToArray());
        Assert.Equal(LeaseFlags.NonBlock | LeaseFlags.CloseOnExec, call.Flags);
        Assert.Equal(Errno.None, Ioctl.Encode<ModeCreateLease, drm_mode_create_lease>(Reply<LeaseCreated>.Success(new(4)), ref argument, _memory));
        // The descriptor's number is not the codec's to say.
        Assert.Equal((4u, 0xdeadu, 20), (argument.lessee_id, argument.fd, UapiCodec.DescriptorOffset(call)));
    }

    [Theory]
    [InlineData(ClientMemory.Unmapped, 1, 0, Errno.EFAULT)]
    [InlineData(ClientMemory.Unmapped, 0, 0, Errno.None)]
    [InlineData(A, uint.MaxValue, 0, Errno.ENOMEM)]
    public void Lease_should_say_why_its_ids_could_not_be_read(ulong ids, uint count, uint flags, Errno expected) =>
        Assert.Equal(
            expected,
            Ioctl.Decode<ModeCreateLease, drm_mode_create_lease>(new() { object_ids = ids, object_count = count, flags = flags }, _memory).Fault);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Lists_should_fill_what_fits_and_tell_how_many_there_are(uint room)
    {
        var lessees = new drm_mode_list_lessees { lessees_ptr = A, count_lessees = room };
        Assert.Equal(Errno.None, Ioctl.Encode<ModeListLessees, drm_mode_list_lessees>(Reply<Lessees>.Success(new([7, 8])), ref lessees, _memory));
        Assert.Equal((2u, room > 0 ? 7 : 0, room > 1 ? 8 : 0), (lessees.count_lessees, _memory.Bytes[0], _memory.Bytes[4]));

        var lease = new drm_mode_get_lease { objects_ptr = A, count_objects = room };
        Assert.Equal(Errno.None, Ioctl.Encode<ModeGetLease, drm_mode_get_lease>(Reply<LeasedObjects>.Success(new([5, 6])), ref lease, _memory));
        Assert.Equal((2u, room > 0 ? 5 : 0), (lease.count_objects, _memory.Bytes[0]));
    }

    [Fact]
    public void Pads_should_be_told() =>
        Assert.Equal(
            (new ModeListLessees(1), new ModeGetLease(2), new ModeRevokeLease(3)),
            (Ioctl.Decode<ModeListLessees, drm_mode_list_lessees>(new() { pad = 1 }),
                Ioctl.Decode<ModeGetLease, drm_mode_get_lease>(new() { pad = 2 }),
                Ioctl.Decode<ModeRevokeLease, drm_mode_revoke_lease>(new() { lessee_id = 3 })));
}
