using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Scanout;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers.Vkms;

/// <summary>The virtual driver: a display in software, without a monitor's EDID, which shows every standard mode.</summary>
internal sealed class VkmsDriver(BoardDescription board) : DrmDriver(board.Driver)
{
    private const uint CursorSize = 512;
    private const int PreferredWidth = 1024;
    private const int PreferredHeight = 768;

    public override Func<uint, uint, uint, DumbLayout>? DumbCreate { get; } =
        (width, height, bpp) => DumbLayout.Of(width, height, bpp, board.Memory.PitchAlignment);

    public override bool PollsConnectors => false;

    public override ModeConfig CreateModeConfig() => new()
    {
        MinWidth = board.ModeConfig.MinWidth,
        MinHeight = board.ModeConfig.MinHeight,
        MaxWidth = board.ModeConfig.MaxWidth,
        MaxHeight = board.ModeConfig.MaxHeight,
        TakesUnseenFormats = true,
        TakesDamage = false,
        CursorWidth = CursorSize,
        CursorHeight = CursorSize,
    };

    public override Props ComponentProps(ComponentSetup setup) => setup.Component switch
    {
        VopDescription vop => VopActor.Props(vop, VkmsObjects.AddPipe, setup.Arena, setup.Clock, Planted),
        OutputDescription output => ConnectorComponent.Props(setup, output, VkmsObjects.AddOutput, Modes()),
        _ => throw new NotSupportedException($"{setup.Component.Name}: no such component on a virtual board"),
    };

    private ImmutableArray<ModeInfo> Modes() => ModeList.Of(
        NoEdidModes.UpTo((int)board.ModeConfig.MaxWidth, (int)board.ModeConfig.MaxHeight)
            .Select(mode => mode is { HDisplay: PreferredWidth, VDisplay: PreferredHeight }
                ? mode with { Type = mode.Type | ModeTypes.Preferred }
                : mode));
}
