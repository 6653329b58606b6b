namespace DrmActors.Messages.Uapi;

/// <summary>The constants of drm.h, drm_mode.h and sync_file.h that no enumeration of the messages holds, under their own names.</summary>
internal static class Constants
{
    public const byte DRM_IOCTL_BASE = (byte)'d';
    public const byte DRM_COMMAND_BASE = 0x40;
    public const byte DRM_COMMAND_END = 0xa0;
    public const byte SYNC_IOC_MAGIC = (byte)'>';
    public const byte SW_SYNC_IOC_MAGIC = (byte)'W';
    public const byte DMA_BUF_BASE = (byte)'b';
    public const int DMA_BUF_NAME_LEN = 32;
    public const uint DRM_EVENT_VBLANK = 0x01;
    public const uint DRM_EVENT_FLIP_COMPLETE = 0x02;
    public const uint DRM_EVENT_CRTC_SEQUENCE = 0x03;
    public const int DRM_DISPLAY_MODE_LEN = 32;
    public const int DRM_PROP_NAME_LEN = 32;
}
