using System.Collections.Immutable;
using DrmActors.Messages.Uapi;
using static DrmActors.Messages.DriverFeatures;
using static DrmActors.Messages.IoctlRights;
using static DrmActors.Messages.Uapi.IoctlNumber;

namespace DrmActors.Messages;

internal static class IoctlTableRows
{
    private const IoctlRights NoRights = IoctlRights.None;
    private const DriverFeatures Nothing = DriverFeatures.None;

    /// <summary>The rights are those of Linux 6.1's table, the needs what its handlers ask for first.</summary>
    public static ImmutableArray<IoctlRow> All { get; } =
    [
        new("DRM_IOCTL_VERSION", IOWR<drm_version>(0x00), RenderAllow, Nothing, CoreCodec.GetVersion),
        new("DRM_IOCTL_GET_UNIQUE", IOWR<drm_unique>(0x01), NoRights, Nothing, CoreCodec.GetUnique),
        new("DRM_IOCTL_GET_MAGIC", IOR<drm_auth>(0x02), NoRights, Nothing, CoreCodec.GetMagic),
        new("DRM_IOCTL_GET_CLIENT", IOWR<drm_client>(0x05), NoRights, Nothing, CoreCodec.GetClient),
        new("DRM_IOCTL_GET_STATS", IOR<drm_stats>(0x06), NoRights, Nothing, CoreCodec.GetStats),
        new("DRM_IOCTL_SET_VERSION", IOWR<drm_set_version>(0x07), Master, Nothing, CoreCodec.SetVersion),
        new("DRM_IOCTL_GEM_CLOSE", IOW<drm_gem_close>(0x09), RenderAllow, Gem, GemCodec.Close),
        new("DRM_IOCTL_GEM_FLINK", IOWR<drm_gem_flink>(0x0a), Auth, Gem, GemCodec.Flink),
        new("DRM_IOCTL_GEM_OPEN", IOWR<drm_gem_open>(0x0b), Auth, Gem, GemCodec.Open),
        new("DRM_IOCTL_GET_CAP", IOWR<drm_get_cap>(0x0c), RenderAllow, Nothing, CoreCodec.GetCap),
        new("DRM_IOCTL_SET_CLIENT_CAP", IOW<drm_set_client_cap>(0x0d), NoRights, Modeset, CoreCodec.SetClientCap),
        new("DRM_IOCTL_AUTH_MAGIC", IOW<drm_auth>(0x11), Master, Nothing, CoreCodec.AuthMagic),
        new("DRM_IOCTL_SET_MASTER", IO(0x1e), NoRights, Nothing, CoreCodec.SetMaster),
        new("DRM_IOCTL_DROP_MASTER", IO(0x1f), NoRights, Nothing, CoreCodec.DropMaster),
        new("DRM_IOCTL_PRIME_HANDLE_TO_FD", IOWR<drm_prime_handle>(0x2d), RenderAllow, Prime, PrimeCodec.Export),
        new("DRM_IOCTL_PRIME_FD_TO_HANDLE", IOWR<drm_prime_handle>(0x2e), RenderAllow, Prime, PrimeCodec.Import),
        new("DRM_IOCTL_WAIT_VBLANK", IOWR<drm_wait_vblank>(0x3a), NoRights, Vblank, VblankCodec.Wait),
        new("DRM_IOCTL_CRTC_GET_SEQUENCE", IOWR<drm_crtc_get_sequence>(0x3b), NoRights, Modeset | Vblank, VblankCodec.GetSequence),
        new("DRM_IOCTL_CRTC_QUEUE_SEQUENCE", IOWR<drm_crtc_queue_sequence>(0x3c), NoRights, Modeset | Vblank, VblankCodec.QueueSequence),
        new("DRM_IOCTL_MODE_GETRESOURCES", IOWR<drm_mode_card_res>(0xa0), NoRights, Modeset, ResourcesCodec.GetResources),
        new("DRM_IOCTL_MODE_GETCRTC", IOWR<drm_mode_crtc>(0xa1), NoRights, Modeset, CrtcCodec.GetCrtc),
        new("DRM_IOCTL_MODE_SETCRTC", IOWR<drm_mode_crtc>(0xa2), Master, Modeset, CrtcCodec.SetCrtc),
        new("DRM_IOCTL_MODE_CURSOR", IOWR<drm_mode_cursor>(0xa3), Master, Modeset, CursorCodec.Cursor),
        new("DRM_IOCTL_MODE_GETGAMMA", IOWR<drm_mode_crtc_lut>(0xa4), NoRights, Modeset, CrtcCodec.GetGamma),
        new("DRM_IOCTL_MODE_SETGAMMA", IOWR<drm_mode_crtc_lut>(0xa5), Master, Modeset, CrtcCodec.SetGamma),
        new("DRM_IOCTL_MODE_GETENCODER", IOWR<drm_mode_get_encoder>(0xa6), NoRights, Modeset, ResourcesCodec.GetEncoder),
        new("DRM_IOCTL_MODE_GETCONNECTOR", IOWR<drm_mode_get_connector>(0xa7), NoRights, Modeset, ResourcesCodec.GetConnector),
        new("DRM_IOCTL_MODE_GETPROPERTY", IOWR<drm_mode_get_property>(0xaa), NoRights, Modeset, PropertyCodec.GetProperty),
        new("DRM_IOCTL_MODE_SETPROPERTY", IOWR<drm_mode_connector_set_property>(0xab), Master, Modeset, PropertyCodec.SetProperty),
        new("DRM_IOCTL_MODE_GETPROPBLOB", IOWR<drm_mode_get_blob>(0xac), NoRights, Modeset, BlobCodec.Get),
        new("DRM_IOCTL_MODE_GETFB", IOWR<drm_mode_fb_cmd>(0xad), NoRights, Modeset, FramebufferCodec.GetFb),
        new("DRM_IOCTL_MODE_ADDFB", IOWR<drm_mode_fb_cmd>(0xae), NoRights, Modeset, FramebufferCodec.AddFb),
        new("DRM_IOCTL_MODE_RMFB", IOWR<uint>(0xaf), NoRights, Modeset, FramebufferCodec.RmFb),
        new("DRM_IOCTL_MODE_PAGE_FLIP", IOWR<drm_mode_crtc_page_flip>(0xb0), Master, Modeset, CrtcCodec.PageFlip),
        new("DRM_IOCTL_MODE_DIRTYFB", IOWR<drm_mode_fb_dirty_cmd>(0xb1), Master, Modeset, FramebufferCodec.DirtyFb),
        new("DRM_IOCTL_MODE_CREATE_DUMB", IOWR<drm_mode_create_dumb>(0xb2), NoRights, DumbBuffers, GemCodec.CreateDumb),
        new("DRM_IOCTL_MODE_MAP_DUMB", IOWR<drm_mode_map_dumb>(0xb3), NoRights, DumbBuffers, GemCodec.MapDumb),
        new("DRM_IOCTL_MODE_DESTROY_DUMB", IOWR<drm_mode_destroy_dumb>(0xb4), NoRights, DumbBuffers, GemCodec.DestroyDumb),
        new("DRM_IOCTL_MODE_GETPLANERESOURCES", IOWR<drm_mode_get_plane_res>(0xb5), NoRights, Modeset, PlaneCodec.GetResources),
        new("DRM_IOCTL_MODE_GETPLANE", IOWR<drm_mode_get_plane>(0xb6), NoRights, Modeset, PlaneCodec.GetPlane),
        new("DRM_IOCTL_MODE_SETPLANE", IOWR<drm_mode_set_plane>(0xb7), Master, Modeset, PlaneCodec.SetPlane),
        new("DRM_IOCTL_MODE_ADDFB2", IOWR<drm_mode_fb_cmd2>(0xb8), NoRights, Modeset, FramebufferCodec.AddFb2),
        new("DRM_IOCTL_MODE_OBJ_GETPROPERTIES", IOWR<drm_mode_obj_get_properties>(0xb9), NoRights, Modeset, PropertyCodec.GetProperties),
        new("DRM_IOCTL_MODE_OBJ_SETPROPERTY", IOWR<drm_mode_obj_set_property>(0xba), Master, Modeset, PropertyCodec.SetObjectProperty),
        new("DRM_IOCTL_MODE_CURSOR2", IOWR<drm_mode_cursor2>(0xbb), Master, Modeset, CursorCodec.Cursor2),
        new("DRM_IOCTL_MODE_ATOMIC", IOWR<drm_mode_atomic>(0xbc), Master, Atomic, AtomicCodec.Commit),
        new("DRM_IOCTL_MODE_CREATEPROPBLOB", IOWR<drm_mode_create_blob>(0xbd), NoRights, Modeset, BlobCodec.Create),
        new("DRM_IOCTL_MODE_DESTROYPROPBLOB", IOWR<drm_mode_destroy_blob>(0xbe), NoRights, Modeset, BlobCodec.Destroy),
        new("DRM_IOCTL_SYNCOBJ_CREATE", IOWR<drm_syncobj_create>(0xbf), RenderAllow, Syncobj, SyncobjCodec.Create),
        new("DRM_IOCTL_SYNCOBJ_DESTROY", IOWR<drm_syncobj_destroy>(0xc0), RenderAllow, Syncobj, SyncobjCodec.Destroy),
        new("DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD", IOWR<drm_syncobj_handle>(0xc1), RenderAllow, Syncobj, SyncobjCodec.HandleToFd),
        new("DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE", IOWR<drm_syncobj_handle>(0xc2), RenderAllow, Syncobj, SyncobjCodec.FdToHandle),
        new("DRM_IOCTL_SYNCOBJ_WAIT", IOWR<drm_syncobj_wait>(0xc3), RenderAllow, Syncobj, SyncobjCodec.Wait),
        new("DRM_IOCTL_SYNCOBJ_RESET", IOWR<drm_syncobj_array>(0xc4), RenderAllow, Syncobj, SyncobjCodec.Reset),
        new("DRM_IOCTL_SYNCOBJ_SIGNAL", IOWR<drm_syncobj_array>(0xc5), RenderAllow, Syncobj, SyncobjCodec.Signal),
        new("DRM_IOCTL_MODE_CREATE_LEASE", IOWR<drm_mode_create_lease>(0xc6), Master, Modeset, LeaseCodec.Create),
        new("DRM_IOCTL_MODE_LIST_LESSEES", IOWR<drm_mode_list_lessees>(0xc7), Master, Modeset, LeaseCodec.ListLessees),
        new("DRM_IOCTL_MODE_GET_LEASE", IOWR<drm_mode_get_lease>(0xc8), Master, Modeset, LeaseCodec.Get),
        new("DRM_IOCTL_MODE_REVOKE_LEASE", IOWR<drm_mode_revoke_lease>(0xc9), Master, Modeset, LeaseCodec.Revoke),
        new("DRM_IOCTL_SYNCOBJ_TIMELINE_WAIT", IOWR<drm_syncobj_timeline_wait>(0xca), RenderAllow, SyncobjTimeline, SyncobjCodec.TimelineWait),
        new("DRM_IOCTL_SYNCOBJ_QUERY", IOWR<drm_syncobj_timeline_array>(0xcb), RenderAllow, SyncobjTimeline, SyncobjCodec.Query),
        new("DRM_IOCTL_SYNCOBJ_TRANSFER", IOWR<drm_syncobj_transfer>(0xcc), RenderAllow, SyncobjTimeline, SyncobjCodec.Transfer),
        new("DRM_IOCTL_SYNCOBJ_TIMELINE_SIGNAL", IOWR<drm_syncobj_timeline_array>(0xcd), RenderAllow, SyncobjTimeline, SyncobjCodec.TimelineSignal),
        new("DRM_IOCTL_MODE_GETFB2", IOWR<drm_mode_fb_cmd2>(0xce), NoRights, Modeset, FramebufferCodec.GetFb2),
        new("DRM_IOCTL_SYNCOBJ_EVENTFD", IOWR<drm_syncobj_eventfd>(0xcf), RenderAllow, SyncobjTimeline, SyncobjCodec.Eventfd),
        new("DRM_IOCTL_MODE_CLOSEFB", IOWR<drm_mode_closefb>(0xd0), NoRights, Modeset, FramebufferCodec.CloseFb),
        new("DRM_IOCTL_SET_CLIENT_NAME", IOWR<drm_set_client_name>(0xd1), RenderAllow, Nothing, CoreCodec.SetClientName),
    ];

    /// <summary>What single drivers have beside those, from DRM_COMMAND_BASE upward.</summary>
    public static ImmutableArray<IoctlRow> OfDrivers { get; } =
    [
        new("DRM_IOCTL_VGEM_FENCE_ATTACH", IOWR<vgem_fence_attach>(0x41), RenderAllow, VgemFences, VgemCodec.Attach),
        new("DRM_IOCTL_VGEM_FENCE_SIGNAL", IOW<vgem_fence_signal>(0x42), RenderAllow, VgemFences, VgemCodec.Signal),
    ];

    /// <summary>
    /// What descriptors take that are no card's. Anybody who has one may, and no driver is asked; what a descriptor is none of, it answers with ENOTTY.
    /// </summary>
    public static ImmutableArray<IoctlRow> OfDescriptors { get; } =
    [
        new("DMA_BUF_IOCTL_SYNC", IOW<dma_buf_sync>(0, Constants.DMA_BUF_BASE), NoRights, Nothing, DmaBufCodec.Sync),
        new("DMA_BUF_SET_NAME", IOW<ulong>(1, Constants.DMA_BUF_BASE), NoRights, Nothing, DmaBufCodec.SetName),
        new("DMA_BUF_IOCTL_EXPORT_SYNC_FILE", IOWR<dma_buf_export_sync_file>(2, Constants.DMA_BUF_BASE), NoRights, Nothing, DmaBufCodec.ExportSyncFile),
        new("DMA_BUF_IOCTL_IMPORT_SYNC_FILE", IOW<dma_buf_import_sync_file>(3, Constants.DMA_BUF_BASE), NoRights, Nothing, DmaBufCodec.ImportSyncFile),
        new("SYNC_IOC_MERGE", IOWR<sync_merge_data>(3, Constants.SYNC_IOC_MAGIC), NoRights, Nothing, SyncFileCodec.Merge),
        new("SYNC_IOC_FILE_INFO", IOWR<sync_file_info>(4, Constants.SYNC_IOC_MAGIC), NoRights, Nothing, SyncFileCodec.Info),
        new("SYNC_IOC_SET_DEADLINE", IOW<sync_set_deadline>(5, Constants.SYNC_IOC_MAGIC), NoRights, Nothing, SyncFileCodec.SetDeadline),
        new("SW_SYNC_IOC_CREATE_FENCE", IOWR<sw_sync_create_fence_data>(0, Constants.SW_SYNC_IOC_MAGIC), NoRights, Nothing, SwSyncCodec.CreateFence),
        new("SW_SYNC_IOC_INC", IOW<uint>(1, Constants.SW_SYNC_IOC_MAGIC), NoRights, Nothing, SwSyncCodec.Inc),
        new("SW_SYNC_GET_DEADLINE", IOWR<sw_sync_get_deadline>(2, Constants.SW_SYNC_IOC_MAGIC), NoRights, Nothing, SwSyncCodec.GetDeadline),
    ];
}
