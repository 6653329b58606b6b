using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Syncobjs through a whole card, in a time that the tests move.</summary>
public abstract class SyncobjTest : HostTest
{
    protected const SyncobjWaitFlags ForSubmit = SyncobjWaitFlags.WaitForSubmit;
    protected const SyncobjWaitFlags All = SyncobjWaitFlags.WaitAll;

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Clear();
        options.Boards.Add("no-vblank");
        options.Time = TimeMode.Manual;
    }

    /// <summary>The same syncobj in another file.</summary>
    protected async Task<SyncobjHandle> ShareAsync(DrmCard from, SyncobjHandle syncobj, DrmCard to)
    {
        var descriptor = await from.ExportSyncobjAsync(syncobj);
        var shared = await to.ImportSyncobjAsync(descriptor);
        Host.Close(descriptor);
        return shared;
    }

    /// <summary>A job that has yet to be done goes into a syncobj.</summary>
    private protected Task Import(DrmCard card, SyncobjHandle syncobj, out Fence fence, ulong point = 0)
    {
        fence = new FenceTimeline("test", "job", Host.Contexts.Next()).Next();
        return ImportAsync(card, syncobj, Host.Descriptors.Add(new SyncFile(fence, Host.Descriptors, Host.Contexts)), point);
    }

    /// <summary>A sync file goes into a syncobj, and is closed.</summary>
    protected async Task ImportAsync(DrmCard card, SyncobjHandle syncobj, Descriptor file, ulong point = 0)
    {
        await card.ImportSyncFileAsync(syncobj, file, point);
        Host.Close(file);
    }

    /// <summary>How many wait at a syncobj for what it has not got yet.</summary>
    protected async Task<int> WaitingAsync(DrmCard card, SyncobjHandle syncobj)
    {
        var descriptor = await card.ExportSyncobjAsync(syncobj);
        var waiting = ((Actors.Syncobjs.SyncobjFile)Host.Descriptors.Find(descriptor)!).Syncobj.Waiting;
        Host.Close(descriptor);
        return waiting;
    }
}
