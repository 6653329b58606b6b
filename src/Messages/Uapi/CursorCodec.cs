namespace DrmActors.Messages.Uapi;

/// <summary>Cursors, old and newer.</summary>
internal static class CursorCodec
{
    public static readonly ArgumentCodec Cursor =
        new ArgumentCodec<drm_mode_cursor, ModeCursor, Done>(
            (in a, _) => new ModeCursor((CursorFlags)a.flags, new(a.crtc_id), a.x, a.y, a.width, a.height, new(a.handle)));

    public static readonly ArgumentCodec Cursor2 =
        new ArgumentCodec<drm_mode_cursor2, ModeCursor2, Done>(
            (in a, _) => new ModeCursor2(
                (CursorFlags)a.flags, new(a.crtc_id), a.x, a.y, a.width, a.height, new(a.handle), a.hot_x, a.hot_y));
}
