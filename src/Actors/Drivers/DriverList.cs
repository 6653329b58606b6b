using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Actors.Drivers.Virtual;
using DrmActors.Actors.Drivers.Vkms;
using DrmActors.Hardware.Boards;

namespace DrmActors.Actors.Drivers;

/// <summary>The drivers that there are, by the model or else the name that a board file gives.</summary>
internal static class DriverList
{
    /// <summary>A new driver object for a board; null for an unknown name.</summary>
    public static DrmDriver? DriverOf(BoardDescription board) => DriverOf(board, PlantedBug.None);

    /// <inheritdoc cref="DriverOf(BoardDescription)"/>
    public static DrmDriver? DriverOf(BoardDescription board, PlantedBug planted) => board.Driver.Model switch
    {
        "rockchip" => new RockchipDriver(board) { Planted = planted },
        "vkms" => new VkmsDriver(board) { Planted = planted },
        "virtual" => new VirtualDriver(board) { Planted = planted },
        _ => null,
    };
}
