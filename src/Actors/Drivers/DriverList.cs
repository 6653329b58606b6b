using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Actors.Drivers.Vkms;
using DrmActors.Hardware.Boards;

namespace DrmActors.Actors.Drivers;

/// <summary>The drivers that there are, by the name that a board file gives.</summary>
internal static class DriverList
{
    /// <summary>A new driver object for a board; null for an unknown name.</summary>
    public static DrmDriver? DriverOf(BoardDescription board) => board.Driver.Name switch
    {
        "rockchip" => new RockchipDriver(board),
        "vkms" => new VkmsDriver(board),
        _ => null,
    };
}
