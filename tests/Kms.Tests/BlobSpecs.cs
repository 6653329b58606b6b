using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>Blobs belong to the file that made them, and outlive it where a state refers to them.</summary>
public sealed class BlobSpecs
{
    private const ulong Other = 8;

    [Fact]
    public void A_blob_should_be_read_by_anybody_and_destroyed_by_its_file()
    {
        var state = BlobChanges.Create(Dark, TestBoard.File, [1, 2, 3], out var id);

        Assert.Equal([1, 2, 3], PropertyQueries.Blob(state, id).Value!.Data.ToArray());
        Assert.Equal(Errno.EPERM, BlobChanges.Destroy(state, Other, id, out _));
        Assert.Equal(Errno.None, BlobChanges.Destroy(state, TestBoard.File, id, out var without));
        Assert.Equal(Errno.ENOENT, BlobChanges.Destroy(without, TestBoard.File, id, out _));
        Assert.Equal(Errno.ENOENT, PropertyQueries.Blob(without, id).Errno);
    }

    [Fact]
    public void The_devices_own_blobs_should_be_nobodys() =>
        Assert.Equal(Errno.EPERM, BlobChanges.Destroy(Dark, TestBoard.File, Config.Blobs[0].Id, out _));

    [Fact]
    public void A_close_should_take_the_files_blobs_and_no_other()
    {
        var state = BlobChanges.Create(BlobChanges.Create(Dark, TestBoard.File, [1], out var gone), Other, [2], out var kept);

        state = BlobChanges.DestroyAllOf(state, TestBoard.File);

        Assert.Equal(Errno.ENOENT, PropertyQueries.Blob(state, gone).Errno);
        Assert.Equal(Errno.None, PropertyQueries.Blob(state, kept).Errno);
    }

    [Fact]
    public void A_blob_that_a_state_refers_to_should_outlive_its_file()
    {
        var state = BlobChanges.Create(Dark, TestBoard.File, [1], out var id);
        var crtc = state.Config.Crtcs[0];
        state = state.With(crtc, state[crtc] with { Mode = FullHd, ModeBlob = ModeObjectLookup.FindBlob(state, id) });

        state = BlobChanges.DestroyAllOf(state, TestBoard.File);

        Assert.Equal(Errno.None, PropertyQueries.Blob(state, id).Errno);
        Assert.Equal(Errno.EPERM, BlobChanges.Destroy(state, TestBoard.File, id, out _));
    }
}
