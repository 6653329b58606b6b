using DrmActors.Messages;

namespace DrmActors.Actors.Drivers.Rockchip;

/// <summary>The Rockchip display driver of Linux 6.3.</summary>
internal sealed class RockchipDriver : DrmDriver
{
    // The Mali GPU reads rows that start on such a boundary only.
    private const uint PitchAlignment = 64;

    private static readonly DriverVersion Facts = new(1, 0, 0, "rockchip", "20140818", "RockChip Soc DRM");

    public override DriverVersion Version => Facts;

    public override DriverFeatures Features => DriverFeatures.Gem | DriverFeatures.Modeset | DriverFeatures.Atomic;

    public override Func<uint, uint, uint, DumbLayout>? DumbCreate { get; } =
        static (width, height, bpp) => DumbLayout.Of(width, height, bpp, PitchAlignment);
}
