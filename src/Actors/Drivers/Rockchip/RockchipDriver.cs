using Akka.Actor;
using DrmActors.Actors.Scanout;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;

namespace DrmActors.Actors.Drivers.Rockchip;

/// <summary>The Rockchip display driver.</summary>
internal sealed class RockchipDriver(BoardDescription board) : DrmDriver(board.Driver)
{
    public override Func<uint, uint, uint, DumbLayout>? DumbCreate { get; } =
        (width, height, bpp) => DumbLayout.Of(width, height, bpp, board.Memory.PitchAlignment);

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
        VopDescription vop => VopActor.Props(vop, RockchipObjects.AddPipe, setup.Arena, setup.Clock, Planted),
        OutputDescription output => ConnectorComponent.Props(setup, output, RockchipObjects.AddOutput, output.Connector.Modes),
        _ => throw new NotSupportedException($"{setup.Component.Name}: no such component on a Rockchip board"),
    };
}
