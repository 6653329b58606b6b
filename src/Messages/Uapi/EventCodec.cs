using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Events as they are read from the file: a header of type and length, then the rest.</summary>
internal static class EventCodec
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static bool TryEncode(DrmEvent drmEvent, Span<byte> destination)
    {
        switch (drmEvent)
        {
            case VblankEvent e:
                return TryEncode(Constants.DRM_EVENT_VBLANK, e.UserData, e.Sequence, e.Time, e.Crtc, destination);
            case FlipCompleteEvent e:
                return TryEncode(Constants.DRM_EVENT_FLIP_COMPLETE, e.UserData, e.Sequence, e.Time, e.Crtc, destination);
            case CrtcSequenceEvent e:
                return TryEncode(e, destination);
            case UnknownEvent e:
                return e.Bytes.Span.TryCopyTo(destination);
            default:
                throw new ArgumentException($"{drmEvent.GetType().Name} has no encoding", nameof(drmEvent));
        }
    }

    private static bool TryEncode(CrtcSequenceEvent e, Span<byte> destination)
    {
        var wire = new drm_event_crtc_sequence
        {
            @base = new() { type = Constants.DRM_EVENT_CRTC_SEQUENCE, length = (uint)Marshal.SizeOf<drm_event_crtc_sequence>() },
            user_data = e.UserData,
            time_ns = e.Time,
            sequence = e.Sequence,
        };
        return MemoryMarshal.TryWrite(destination, in wire);
    }

    private static bool TryEncode(uint type, ulong userData, uint sequence, long time, CrtcId crtc, Span<byte> destination)
    {
        var wire = new drm_event_vblank
        {
            @base = new() { type = type, length = (uint)Marshal.SizeOf<drm_event_vblank>() },
            user_data = userData,
            tv_sec = (uint)(time / NanosecondsPerSecond),
            tv_usec = (uint)(time % NanosecondsPerSecond / 1000),
            sequence = sequence,
            crtc_id = crtc.Value,
        };
        return MemoryMarshal.TryWrite(destination, in wire);
    }
}
