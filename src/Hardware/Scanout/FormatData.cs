using System.Collections.Immutable;

namespace DrmActors.Hardware.Scanout;

/// <summary>
/// One line a format: fourcc, name, depth, bytes a block of each plane (with the block's size in pixels where it is not 1x1),
/// then, where they apply, "alpha" and the chroma subsampling as "yuv HxV".
/// </summary>
internal static class FormatData
{
    private const string Lines = """
        C8    C8            8  1
        R8    R8            8  1
        R10   R10          10  2
        R12   R12          12  2
        RGB8  RGB332        8  1
        BGR8  BGR233        8  1
        XR12  XRGB4444      0  2
        XB12  XBGR4444      0  2
        RX12  RGBX4444      0  2
        BX12  BGRX4444      0  2
        AR12  ARGB4444      0  2 alpha
        AB12  ABGR4444      0  2 alpha
        RA12  RGBA4444      0  2 alpha
        BA12  BGRA4444      0  2 alpha
        XR15  XRGB1555     15  2
        XB15  XBGR1555     15  2
        RX15  RGBX5551     15  2
        BX15  BGRX5551     15  2
        AR15  ARGB1555     15  2 alpha
        AB15  ABGR1555     15  2 alpha
        RA15  RGBA5551     15  2 alpha
        BA15  BGRA5551     15  2 alpha
        RG16  RGB565       16  2
        BG16  BGR565       16  2
        RG24  RGB888       24  3
        BG24  BGR888       24  3
        XR24  XRGB8888     24  4
        XB24  XBGR8888     24  4
        RX24  RGBX8888     24  4
        BX24  BGRX8888     24  4
        AR24  ARGB8888     32  4 alpha
        AB24  ABGR8888     32  4 alpha
        RA24  RGBA8888     32  4 alpha
        BA24  BGRA8888     32  4 alpha
        XR30  XRGB2101010  30  4
        XB30  XBGR2101010  30  4
        RX30  RGBX1010102  30  4
        BX30  BGRX1010102  30  4
        AR30  ARGB2101010  30  4 alpha
        AB30  ABGR2101010  30  4 alpha
        RA30  RGBA1010102  30  4 alpha
        BA30  BGRA1010102  30  4 alpha
        XR48  XRGB16161616   0  8
        XB48  XBGR16161616   0  8
        AR48  ARGB16161616   0  8 alpha
        AB48  ABGR16161616   0  8 alpha
        XR4H  XRGB16161616F  0  8
        XB4H  XBGR16161616F  0  8
        AR4H  ARGB16161616F  0  8 alpha
        AB4H  ABGR16161616F  0  8 alpha
        YUYV  YUYV          0  2 yuv 2x1
        YVYU  YVYU          0  2 yuv 2x1
        UYVY  UYVY          0  2 yuv 2x1
        VYUY  VYUY          0  2 yuv 2x1
        XYUV  XYUV8888      0  4 yuv 1x1
        VU24  VUY888        0  3 yuv 1x1
        AYUV  AYUV          0  4 alpha yuv 1x1
        NV12  NV12          0  1 2 yuv 2x2
        NV21  NV21          0  1 2 yuv 2x2
        NV16  NV16          0  1 2 yuv 2x1
        NV61  NV61          0  1 2 yuv 2x1
        NV24  NV24          0  1 2 yuv 1x1
        NV42  NV42          0  1 2 yuv 1x1
        NV15  NV15          0  5/4x1 5/2x1 yuv 2x2
        P010  P010          0  2 4 yuv 2x2
        P012  P012          0  2 4 yuv 2x2
        P016  P016          0  2 4 yuv 2x2
        P210  P210          0  2 4 yuv 2x1
        YU12  YUV420        0  1 1 1 yuv 2x2
        YV12  YVU420        0  1 1 1 yuv 2x2
        YU16  YUV422        0  1 1 1 yuv 2x1
        YV16  YVU422        0  1 1 1 yuv 2x1
        YU24  YUV444        0  1 1 1 yuv 1x1
        YV24  YVU444        0  1 1 1 yuv 1x1
        """;

    internal static IEnumerable<FormatInfo> Read() =>
        Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadLine);

    private static FormatInfo ReadLine(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var yuv = Array.IndexOf(words, "yuv");
        var (hsub, vsub) = yuv < 0 ? (1, 1) : Pair(words[yuv + 1]);
        var planes = words.Skip(3).TakeWhile(w => char.IsAsciiDigit(w[0])).Select(ReadPlane);
        return new FormatInfo(
            FormatTable.Fourcc(words[0]),
            words[1],
            int.Parse(words[2]),
            words.Contains("alpha", StringComparer.Ordinal),
            yuv >= 0,
            hsub,
            vsub,
            [.. planes]);
    }

    private static PlaneLayout ReadPlane(string word)
    {
        var parts = word.Split('/');
        var (width, height) = parts.Length == 1 ? (1, 1) : Pair(parts[1]);
        return new PlaneLayout(int.Parse(parts[0]), width, height);
    }

    private static (int First, int Second) Pair(string word)
    {
        var x = word.IndexOf('x', StringComparison.Ordinal);
        return (int.Parse(word.AsSpan(0, x)), int.Parse(word.AsSpan(x + 1)));
    }
}
