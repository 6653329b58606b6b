using DrmActors.Messages;

namespace DrmActors.Kms.Tests;

public sealed class AtomicRequestSpecs
{
    [Theory]
    [InlineData(AtomicFlags.None, 0ul, false, Errno.EINVAL)]
    [InlineData((AtomicFlags)0x8000, 0ul, true, Errno.EINVAL)]
    [InlineData(AtomicFlags.None, 1ul, true, Errno.EINVAL)]
    [InlineData(AtomicFlags.PageFlipAsync, 0ul, true, Errno.EINVAL)]
    [InlineData(AtomicFlags.TestOnly | AtomicFlags.PageFlipEvent, 0ul, true, Errno.EINVAL)]
    [InlineData(AtomicFlags.TestOnly | AtomicFlags.NonBlock, 0ul, true, Errno.None)]
    [InlineData(AtomicFlags.NonBlock | AtomicFlags.AllowModeset | AtomicFlags.PageFlipEvent, 0ul, true, Errno.None)]
    public void Atomic_should_refuse_what_cannot_be(AtomicFlags flags, ulong reserved, bool isAtomic, Errno expected) =>
        Assert.Equal(expected, AtomicRequest.CheckFlags(TestBoard.Config, new ModeAtomic(flags, [], Reserved: reserved), isAtomic));
}
