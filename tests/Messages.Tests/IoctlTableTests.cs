using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests;

public sealed class IoctlTableTests
{
    private static readonly CallerRights Nobody = new(Authenticated: false, Master: false, Root: false, RenderNode: false);
    private static readonly CallerRights Everything = new(Authenticated: true, Master: true, Root: true, RenderNode: false);
    private const DriverFeatures All = (DriverFeatures)~0;

    // What a plain file, which is neither authenticated nor master, may; what a render node may; what a driver must have.
    [Theory]
    [InlineData(typeof(GetVersion), 0x00, true, true, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(GetUnique), 0x01, true, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(GetMagic), 0x02, true, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(GetClient), 0x05, true, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(GetStats), 0x06, true, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(SetVersion), 0x07, false, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(GemClose), 0x09, true, true, DriverFeatures.Gem, Errno.EOPNOTSUPP)]
    [InlineData(typeof(GemFlink), 0x0a, false, false, DriverFeatures.Gem, Errno.EOPNOTSUPP)]
    [InlineData(typeof(GemOpen), 0x0b, false, false, DriverFeatures.Gem, Errno.EOPNOTSUPP)]
    [InlineData(typeof(GetCap), 0x0c, true, true, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(SetClientCap), 0x0d, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(AuthMagic), 0x11, false, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(SetMaster), 0x1e, true, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(DropMaster), 0x1f, true, false, DriverFeatures.None, Errno.None)]
    [InlineData(typeof(PrimeHandleToFd), 0x2d, true, true, DriverFeatures.Prime, Errno.ENOSYS)]
    [InlineData(typeof(PrimeFdToHandle), 0x2e, true, true, DriverFeatures.Prime, Errno.ENOSYS)]
    [InlineData(typeof(WaitVblank), 0x3a, true, false, DriverFeatures.Vblank, Errno.EOPNOTSUPP)]
    [InlineData(typeof(CrtcGetSequence), 0x3b, true, false, DriverFeatures.Modeset | DriverFeatures.Vblank, Errno.EOPNOTSUPP)]
    [InlineData(typeof(CrtcQueueSequence), 0x3c, true, false, DriverFeatures.Modeset | DriverFeatures.Vblank, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetResources), 0xa0, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetCrtc), 0xa1, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeSetCrtc), 0xa2, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeCursor), 0xa3, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetGamma), 0xa4, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeSetGamma), 0xa5, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetEncoder), 0xa6, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetConnector), 0xa7, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetProperty), 0xaa, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeSetProperty), 0xab, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetPropBlob), 0xac, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetFb), 0xad, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeAddFb), 0xae, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeRmFb), 0xaf, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModePageFlip), 0xb0, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeDirtyFb), 0xb1, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeCreateDumb), 0xb2, true, false, DriverFeatures.DumbBuffers, Errno.ENOSYS)]
    [InlineData(typeof(ModeMapDumb), 0xb3, true, false, DriverFeatures.DumbBuffers, Errno.ENOSYS)]
    [InlineData(typeof(ModeDestroyDumb), 0xb4, true, false, DriverFeatures.DumbBuffers, Errno.ENOSYS)]
    [InlineData(typeof(ModeGetPlaneResources), 0xb5, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetPlane), 0xb6, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeSetPlane), 0xb7, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeAddFb2), 0xb8, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeObjGetProperties), 0xb9, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeObjSetProperty), 0xba, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeCursor2), 0xbb, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeCreatePropBlob), 0xbd, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeDestroyPropBlob), 0xbe, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeAtomic), 0xbc, false, false, DriverFeatures.Atomic, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeCreateLease), 0xc6, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeListLessees), 0xc7, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetLease), 0xc8, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeRevokeLease), 0xc9, false, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeGetFb2), 0xce, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjCreate), 0xbf, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjDestroy), 0xc0, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjHandleToFd), 0xc1, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjFdToHandle), 0xc2, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjWait), 0xc3, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjReset), 0xc4, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjSignal), 0xc5, true, true, DriverFeatures.Syncobj, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjTimelineWait), 0xca, true, true, DriverFeatures.SyncobjTimeline, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjQuery), 0xcb, true, true, DriverFeatures.SyncobjTimeline, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjTransfer), 0xcc, true, true, DriverFeatures.SyncobjTimeline, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjTimelineSignal), 0xcd, true, true, DriverFeatures.SyncobjTimeline, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SyncobjEventfd), 0xcf, true, true, DriverFeatures.SyncobjTimeline, Errno.EOPNOTSUPP)]
    [InlineData(typeof(ModeCloseFb), 0xd0, true, false, DriverFeatures.Modeset, Errno.EOPNOTSUPP)]
    [InlineData(typeof(SetClientName), 0xd1, true, true, DriverFeatures.None, Errno.None)]
    public void Row_should_hold_the_kernels_contract(
        Type message, byte nr, bool anybody, bool onRenderNode, DriverFeatures needs, Errno missing)
    {
        IoctlRow row = IoctlTable.Rows.Single(r => r.Message == message);

        Assert.Equal(nr, row.Number.Nr);
        Assert.Same(row, IoctlTable.Find(row.Number, out Errno errno));
        Assert.Equal(Errno.None, errno);
        Assert.Equal(anybody ? Errno.None : Errno.EACCES, IoctlTable.Permit(row, Nobody));
        Assert.Equal(Errno.None, IoctlTable.Permit(row, Everything));
        Assert.Equal(onRenderNode ? Errno.None : Errno.EACCES, IoctlTable.Permit(row, Nobody with { RenderNode = true }));
        Assert.Equal(onRenderNode ? NodeKinds.Primary | NodeKinds.Render : NodeKinds.Primary, row.Nodes);
        Assert.Equal(needs, row.Needs);
        Assert.Equal(Errno.None, IoctlTable.Supports(row, needs));
        Assert.Equal(missing, IoctlTable.Supports(row, All & ~needs));
    }

    private static readonly Type[] OnDescriptors =
    [
        typeof(CloseDescriptor), typeof(DuplicateDescriptor), typeof(MmapDescriptor), typeof(SeekDescriptor), typeof(PollDescriptor), typeof(ReadFdInfo), typeof(ReadDescriptor),
    ];

    [Fact]
    public void Table_should_have_a_tested_row_for_every_ioctl_message()
    {
        Type[] fileOperations = [typeof(Mmap), typeof(Munmap), typeof(ReadEvents), typeof(CloseFile), .. OnDescriptors];
        IEnumerable<Type> messages = typeof(IIoctl).Assembly.GetTypes()
            .Where(t => t.IsClass && typeof(IIoctl).IsAssignableFrom(t) && t != typeof(RefusedIoctl) && !fileOperations.Contains(t))
            .Except(IoctlTable.DescriptorRows.Concat(IoctlTable.DriverRows).Select(r => r.Message));
        IEnumerable<object> tested = typeof(IoctlTableTests).GetMethod(nameof(Row_should_hold_the_kernels_contract))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Select(a => ((InlineDataAttribute)a).GetData(null!).Single()[0]);

        Assert.Equal(messages.Order(ByName), IoctlTable.Rows.Select(r => r.Message).Order(ByName));
        Assert.Equal(messages.Order(ByName), tested.Cast<Type>().Order(ByName));
        Assert.Equal(IoctlTable.Rows.Length, IoctlTable.Rows.Select(r => r.Number.Nr).Distinct().Count());
    }

    [Fact]
    public void Descriptors_should_take_what_anybody_may()
    {
        Assert.All(IoctlTable.DescriptorRows, r => Assert.Equal((IoctlRights.None, DriverFeatures.None), (r.Rights, r.Needs)));
        Assert.All(IoctlTable.DescriptorRows, r => Assert.Same(r, IoctlTable.Find(r.Number, out _)));
        Assert.All(IoctlTable.DescriptorRows, r => Assert.NotEqual(Constants.DRM_IOCTL_BASE, r.Number.Type));
        // All of the number counts, as with no card.
        Assert.Null(IoctlTable.Find(new(IoctlTable.DescriptorRows[0].Number.Value ^ 0x10000), out Errno errno));
        Assert.Equal(Errno.ENOTTY, errno);
    }

    [Fact]
    public void Table_should_find_the_row_of_a_message()
    {
        var dumb = new ModeCreateDumb(1, 1, 32);

        Assert.Equal("DRM_IOCTL_MODE_CREATE_DUMB", IoctlTable.RowOf(dumb)!.Name);
        Assert.Same(IoctlTable.RowOf(dumb), IoctlTable.RowOf(new RefusedIoctl(dumb, Errno.EFAULT)));
        Assert.Null(IoctlTable.RowOf(new CloseFile()));
    }

    [Theory]
    [InlineData(0x00007800, Errno.ENOTTY)] // _IO('x', 0)
    [InlineData(0x0000645f, Errno.EINVAL)] // no such core call
    [InlineData(0x000064ff, Errno.EINVAL)]
    [InlineData(0x00006440, Errno.EINVAL)] // a driver's own
    public void Table_should_refuse_unknown_numbers(uint number, Errno expected)
    {
        Assert.Null(IoctlTable.Find(new IoctlNumber(number), out Errno errno));
        Assert.Equal(expected, errno);
    }

    // Of all sixteen callers, for each combination of rights: the kernel's order does not show in one error number,
    // what counts is who is refused.
    [Fact]
    public void Permit_should_agree_with_the_kernel_for_every_caller_and_right()
    {
        for (int bits = 0; bits < 256; bits++)
        {
            var caller = new CallerRights((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
            var rights = (IoctlRights)(bits >> 4);
            var row = new IoctlRow("", default, rights, DriverFeatures.None, CoreCodec.GetCap);
            bool refused = rights.HasFlag(IoctlRights.RootOnly) && !caller.Root;
            refused |= rights.HasFlag(IoctlRights.Auth) && !(caller.Authenticated || caller.RenderNode);
            refused |= rights.HasFlag(IoctlRights.Master) && !caller.Master;
            refused |= caller.RenderNode && !rights.HasFlag(IoctlRights.RenderAllow);

            Assert.Equal(refused ? Errno.EACCES : Errno.None, IoctlTable.Permit(row, caller));
        }
    }

    [Fact]
    public void Admit_should_look_at_rights_then_features_then_arrays()
    {
        var call = new RefusedIoctl(new ModeDirtyFb(new(1), DirtyFlags.None, 0, []), Errno.EFAULT);

        Assert.Equal(Errno.EACCES, IoctlTable.Admit(call, Nobody, DriverFeatures.None));
        Assert.Equal(Errno.EOPNOTSUPP, IoctlTable.Admit(call, Everything, DriverFeatures.None));
        Assert.Equal(Errno.EFAULT, IoctlTable.Admit(call, Everything, All));
        Assert.Equal(Errno.None, IoctlTable.Admit(call.Call, Everything, All));
        Assert.Equal(Errno.None, IoctlTable.Admit(new CloseFile(), Nobody, DriverFeatures.None));
        Assert.Equal(Errno.EFAULT, ((Reply<Done>)call.Fail(Errno.EFAULT)).Errno);
    }

    private static Comparer<Type> ByName { get; } = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));
}
