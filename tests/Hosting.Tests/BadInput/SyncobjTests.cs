using System.Collections.Immutable;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests.BadInput;

/// <summary>Syncobj calls that the kernel refuses, and which of two reasons it names.</summary>
public sealed class SyncobjTests : HostTest
{
    private static readonly SyncobjHandle Empty = new(1);
    private static readonly SyncobjHandle Signaled = new(2);
    private static readonly SyncobjHandle Missing = new(77);

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Clear();
        options.Boards.Add("no-vblank");
    }

    public static TheoryData<Errno, IIoctl> Refusals() => new()
    {
        { Errno.EINVAL, new SyncobjCreate((SyncobjCreateFlags)2) },
        { Errno.EINVAL, new SyncobjDestroy(Missing) },
        { Errno.EINVAL, new SyncobjDestroy(default) },
        { Errno.EINVAL, new SyncobjDestroy(Empty, Pad: 1) },
        { Errno.EINVAL, new SyncobjHandleToFd(Missing) },
        { Errno.EINVAL, new SyncobjHandleToFd(Empty, Pad: 1) },
        { Errno.EINVAL, new SyncobjHandleToFd(Empty, (SyncobjExportFlags)4) },
        { Errno.EINVAL, new SyncobjHandleToFd(Missing, SyncobjExportFlags.Timeline, Point: 1) },
        { Errno.EINVAL, new SyncobjHandleToFd(Signaled, SyncobjExportFlags.Timeline, Point: 1) },
        { Errno.ENOENT, new SyncobjHandleToFd(Missing, SyncobjExportFlags.ExportSyncFile | SyncobjExportFlags.Timeline, Point: 1) },
        { Errno.EINVAL, new SyncobjHandleToFd(Signaled, SyncobjExportFlags.ExportSyncFile | SyncobjExportFlags.Timeline, Point: 1) },
        { Errno.ENOENT, new SyncobjHandleToFd(Missing, SyncobjExportFlags.ExportSyncFile) },
        { Errno.EINVAL, new SyncobjHandleToFd(Empty, SyncobjExportFlags.ExportSyncFile) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(999)) },
        { Errno.EINVAL, new SyncobjFdToHandle(Descriptor.None) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(0)) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(0), Pad: 1) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(0), Flags: (SyncobjImportFlags)4) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(0), Flags: SyncobjImportFlags.Timeline, Point: 1) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(0), Missing, SyncobjImportFlags.ImportSyncFile | SyncobjImportFlags.Timeline, Point: 1) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(1)) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(1), Empty, SyncobjImportFlags.ImportSyncFile, Pad: 1) },
        { Errno.EINVAL, new SyncobjFdToHandle(new(1), Empty, SyncobjImportFlags.ImportSyncFile | (SyncobjImportFlags)4) },
        { Errno.None, new SyncobjFdToHandle(new(1), Empty, SyncobjImportFlags.ImportSyncFile) },
        { Errno.ENOENT, new SyncobjFdToHandle(new(1), Missing, SyncobjImportFlags.ImportSyncFile) },
        // The descriptor is looked at before the handle.
        { Errno.EINVAL, new SyncobjFdToHandle(new(0), Missing, SyncobjImportFlags.ImportSyncFile) },
        { Errno.EINVAL, new SyncobjTransfer(Missing, 0, Missing, 0, Pad: 1) },
        { Errno.ENOENT, new SyncobjTransfer(Missing, 0, Empty, 0) },
        { Errno.ENOENT, new SyncobjTransfer(Signaled, 0, Missing, 0) },
        { Errno.EINVAL, new SyncobjTransfer(Empty, 0, Signaled, 0) },
        { Errno.EINVAL, new SyncobjTransfer(Signaled, 1, Empty, 0) },
        { Errno.None, new SyncobjTransfer(Signaled, 0, Empty, 3, SyncobjWaitFlags.WaitForSubmit) },
        { Errno.EINVAL, new SyncobjTransfer(Signaled, 0, Empty, 3, SyncobjWaitFlags.WaitAll) },
        { Errno.ENOENT, new SyncobjTransfer(Signaled, 0, Missing, 3, SyncobjWaitFlags.WaitAll) },
        // Flags are looked at between the two.
        { Errno.EINVAL, new SyncobjTransfer(Missing, 0, Empty, 3, SyncobjWaitFlags.WaitAll) },
        { Errno.EINVAL, new SyncobjEventfd(Missing, 0, new(0), SyncobjWaitFlags.WaitAll) },
        { Errno.EINVAL, new SyncobjEventfd(Missing, 0, new(0), Pad: 1) },
        { Errno.ENOENT, new SyncobjEventfd(Missing, 0, new(999)) },
        { Errno.EBADF, new SyncobjEventfd(Empty, 0, new(999)) },
        { Errno.EINVAL, new SyncobjEventfd(Empty, 0, new(0)) },
        { Errno.EINVAL, Wait([Missing], (SyncobjWaitFlags)16) },
        { Errno.EINVAL, Wait([Empty], SyncobjWaitFlags.WaitAvailable) },
        { Errno.None, Wait([]) },
        { Errno.ENOENT, Wait([Empty, Missing]) },
        { Errno.EINVAL, Wait([Empty]) },
        // One that has come does not help the other.
        { Errno.EINVAL, Wait([Signaled, Empty]) },
        { Errno.EFAULT, new SyncobjWait([], 1, 0) },
        { Errno.EINVAL, new SyncobjWait([], 1, 0, (SyncobjWaitFlags)16) },
        { Errno.ENOMEM, new SyncobjWait([], uint.MaxValue, 0) },
        { Errno.EINVAL, TimelineWait([Signaled], [1]) },
        { Errno.None, TimelineWait([Signaled], [0]) },
        { Errno.ETIME, TimelineWait([Signaled], [1], SyncobjWaitFlags.WaitAvailable) },
        { Errno.ENOENT, TimelineWait([Missing], []) },
        { Errno.EFAULT, TimelineWait([Empty], []) },
        { Errno.EINVAL, TimelineWait([Missing], [0], (SyncobjWaitFlags)16) },
        { Errno.EINVAL, new SyncobjReset([], 0) },
        { Errno.EINVAL, new SyncobjReset([], 1, Pad: 1) },
        { Errno.EFAULT, new SyncobjReset([], 1) },
        { Errno.ENOENT, new SyncobjReset([Missing], 1) },
        { Errno.EINVAL, new SyncobjSignal([], 0) },
        { Errno.EINVAL, new SyncobjSignal([Empty], 1, Pad: 1) },
        { Errno.ENOENT, new SyncobjSignal([Empty, Missing], 2) },
        { Errno.EINVAL, new SyncobjTimelineSignal([Empty], 1, [1], Flags: 1) },
        { Errno.EINVAL, new SyncobjTimelineSignal([], 0, []) },
        { Errno.ENOENT, new SyncobjTimelineSignal([Missing], 1, []) },
        { Errno.EFAULT, new SyncobjTimelineSignal([Empty], 1, []) },
        { Errno.EINVAL, new SyncobjQuery([Empty], 1, (SyncobjQueryFlags)2) },
        { Errno.EINVAL, new SyncobjQuery([], 0) },
        { Errno.ENOENT, new SyncobjQuery([Missing], 1) },
        { Errno.ENOMEM, new SyncobjQuery([], uint.MaxValue) },
    };

    [Fact]
    public async Task Every_call_should_be_refused_for_the_kernels_reason()
    {
        var foreign = Host.Descriptors.Add(new ForeignFile());
        var file = Host.Descriptors.Add(new SyncFile(StubFence.At(1), Host.Descriptors, Host.Contexts));
        Assert.Equal((0, 1), (foreign.Number, file.Number));
        foreach (var row in Refusals())
        {
            await using var card = await Soon(Host.OpenAsync());
            Assert.Equal((Empty, Signaled), (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync(signaled: true)));
            var (expected, call) = ((Errno)row[0], (IIoctl)row[1]);
            Assert.True(expected == await ErrnoAsync(card, call), $"{call} is not {expected} but {await ErrnoAsync(card, call)}");
            // What was refused has changed nothing.
            if (expected != Errno.None)
                Assert.Equal(0, await Soon(card.WaitSyncobjsAsync([Signaled])));
        }

        Host.Close(foreign);
        Host.Close(file);
    }

    [Fact]
    public async Task A_driver_without_them_should_refuse_every_call()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "vkms" }, Time = TimeMode.Virtual });
        await using var card = await host.OpenAsync();
        Assert.Equal((0ul, 0ul), (await card.GetCapAsync(Capability.Syncobj), await card.GetCapAsync(Capability.SyncobjTimeline)));
        foreach (var row in Refusals())
            Assert.Equal(Errno.EOPNOTSUPP, await ErrnoAsync(card, (IIoctl)row[1]));
    }

    private static SyncobjWait Wait(ImmutableArray<SyncobjHandle> handles, SyncobjWaitFlags flags = SyncobjWaitFlags.None) =>
        new(handles, (uint)handles.Length, 0, flags);

    private static SyncobjTimelineWait TimelineWait(
        ImmutableArray<SyncobjHandle> handles, ImmutableArray<ulong> points, SyncobjWaitFlags flags = SyncobjWaitFlags.None) =>
        new(handles, (uint)handles.Length, points, 0, flags);

    private static async Task<Errno> ErrnoAsync(DrmCard card, IIoctl call) => call switch
    {
        IIoctl<Done> done => (await Soon(card.CallAsync(done))).Errno,
        IIoctl<SyncobjCreated> created => (await Soon(card.CallAsync(created))).Errno,
        IIoctl<SyncobjExported> exported => (await Soon(card.CallAsync(exported))).Errno,
        IIoctl<SyncobjWaited> waited => (await Soon(card.CallAsync(waited))).Errno,
        IIoctl<SyncobjPoints> points => (await Soon(card.CallAsync(points))).Errno,
        _ => throw new NotSupportedException($"{call}"),
    };
}
