using System.Collections.Frozen;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>A format of luma and chroma of eight bits, and where its samples stand.</summary>
/// <param name="HSub">Pixels a chroma sample spans sideways.</param>
/// <param name="VSub">Lines a chroma sample spans.</param>
/// <param name="Planes">One: luma and chroma in turn; two: luma, and pairs of chroma; three: all apart.</param>
/// <param name="IsCrFirst">Cr stands before Cb.</param>
/// <param name="IsChromaFirst">Chroma stands before luma; of one plane.</param>
internal sealed record YuvFormat(int HSub, int VSub, int Planes, bool IsCrFirst, bool IsChromaFirst)
{
    private static readonly FrozenDictionary<uint, YuvFormat> All =
        new[] { "NV12", "NV21", "NV16", "NV61", "NV24", "NV42", "YUV420", "YVU420", "YUV422", "YVU422", "YUV444", "YVU444", "YUYV", "YVYU", "UYVY", "VYUY" }
            .Select(name => FormatTable.FindByName(name)!)
            .ToFrozenDictionary(info => info.Code, Of);

    internal bool IsSubsampled => HSub > 1 || VSub > 1;

    internal static IEnumerable<uint> Codes => All.Keys;

    internal static YuvFormat? Find(uint fourcc) => All.GetValueOrDefault(fourcc);

    private static YuvFormat Of(FormatInfo info) => new(
        info.HSub,
        info.VSub,
        info.Planes.Length,
        info.Name is "NV21" or "NV61" or "NV42" or "YVYU" or "VYUY" || info.Name.StartsWith("YVU", StringComparison.Ordinal),
        info.Name is "UYVY" or "VYUY");
}
