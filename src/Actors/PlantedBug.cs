namespace DrmActors.Actors;

/// <summary>
/// Mistakes that authors of drivers make, each a line or two at the place where they make it. They prove that whoever looks for such mistakes finds
/// them. A host is made with one by tests alone: no configuration, command or public member names one.
/// </summary>
internal enum PlantedBug
{
    None,

    /// <summary>RMFB drops the references of its framebuffer, and so does the code that it calls.</summary>
    ReferenceDroppedTwice,

    /// <summary>A flip's event is sent when the flip is programmed, with the vblank that has been, and not at the one that latches it.</summary>
    EventBeforeLatch,

    /// <summary>Switching a CRTC off tells those who want an event, and forgets the callers that sleep.</summary>
    WaiterLostAtSwitchOff,

    /// <summary>Closing a file forgets the calls on it that wait for a vblank.</summary>
    WaiterLostAtClose,

    /// <summary>A commit that waits for its turn publishes the state that it built before it waited.</summary>
    StaleCommit,

    /// <summary>A file that has closed its handle may map the object again while it has a mapping of it.</summary>
    MappingRightStays,

    /// <summary>DROP_MASTER forgets to tell those who look up the rights.</summary>
    MasterRightStays,

    /// <summary>A flip's event is sent first, and its CRTC is free for the next flip only after some cleaning up.</summary>
    EventBeforeCrtcIsFree,

    /// <summary>ADDFB takes a reference on each buffer as it finds it, and keeps them where a later check fails.</summary>
    ReferenceKeptByFailedAddFb,

    /// <summary>An open by name that fails gives the handle that it had set aside back twice, the second time when it is another object's.</summary>
    HandleFreedTwice,

    /// <summary>The vblank count begins anew with each mode.</summary>
    CountRestarts,

    /// <summary>PAGE_FLIP publishes its state before it looks whether the CRTC is busy.</summary>
    FailedFlipPublished,

    /// <summary>Who asks for the event of a vblank that has passed gets it at once, and stays on the list.</summary>
    EventToldTwice,

    /// <summary>A handle that was got by GETFB is not in the list of what its file has to give back.</summary>
    SharerForgotten,

    /// <summary>Where a mapping held an object last, its memory is not given back.</summary>
    MemoryLeftByLastMapping,

    /// <summary>A new buffer is filled from a bounce buffer, which still has what was in the last one that was freed.</summary>
    MemoryNotCleared,

    /// <summary>Each MAP_DUMB makes an offset of its own.</summary>
    OffsetNotKept,

    /// <summary>A commit makes its sync files before it looks whether its CRTCs are busy, and leaves them open when they are.</summary>
    DescriptorOfRefusedCommit,

    /// <summary>The last handle of an object is closed, and with it its dma-buf, also where somebody has just imported that.</summary>
    ImportMissedAtClose,

    /// <summary>Closing a handle frees the object's name, also where others have opened it by that.</summary>
    NameGoneWithFirstHandle,

    /// <summary>A point below the last one keeps its number, and the timeline goes back.</summary>
    TimelineGoesBack,

    /// <summary>What is shown waits for its in-fence, and for nobody who writes to the buffer.</summary>
    WritersNotAwaited,

    /// <summary>The display controller adds its callback to a fence that has come since it was looked at, and waits to be called.</summary>
    FenceMissedByCommit,

    /// <summary>OUT_FENCE_PTR's fence is signalled when the commit has been accepted.</summary>
    OutFenceBeforeLatch,
}

internal static class PlantedBugs
{
    /// <summary>The calls among which it shows soon: the name of a mix.</summary>
    public static string Mix(this PlantedBug bug) => bug switch
    {
        PlantedBug.DescriptorOfRefusedCommit or PlantedBug.TimelineGoesBack or PlantedBug.WritersNotAwaited
            or PlantedBug.FenceMissedByCommit or PlantedBug.OutFenceBeforeLatch => "fences",
        PlantedBug.ImportMissedAtClose or PlantedBug.NameGoneWithFirstHandle => "sharing",
        _ => "standard",
    };

    /// <summary>The boards on which it shows: those that have what it is about.</summary>
    public static string[] Boards(this PlantedBug bug) => bug switch
    {
        PlantedBug.TimelineGoesBack => ["wall"],
        PlantedBug.WritersNotAwaited or PlantedBug.FenceMissedByCommit => ["rk3399", "vkms"],
        _ => ["rk3399"],
    };
}
