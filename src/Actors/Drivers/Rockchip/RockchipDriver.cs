using Akka.Actor;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers.Rockchip;

/// <summary>The Rockchip display driver.</summary>
internal sealed class RockchipDriver(BoardDescription board) : DrmDriver(board.Driver)
{
    public override DriverFeatures Features => base.Features | DriverFeatures.DumbBuffers | DriverFeatures.Vblank;

    public override ModeConfig CreateModeConfig() => new()
    {
        MinWidth = board.ModeConfig.MinWidth,
        MinHeight = board.ModeConfig.MinHeight,
        MaxWidth = board.ModeConfig.MaxWidth,
        MaxHeight = board.ModeConfig.MaxHeight,
        NormalizeZpos = true,
    };

    public override Props ComponentProps(ComponentSetup setup) => setup.Component switch
    {
        OutputDescription output => ConnectorComponent.Props(setup, output),
        _ => throw new NotSupportedException($"{setup.Component.Name}: no such component on a Rockchip board"),
    };

    public override Errno DumbCreate(uint width, uint height, uint bpp, out DumbLayout layout) =>
        DumbLayout.Of(width, height, bpp, board.Memory.PitchAlignment, out layout);
}
