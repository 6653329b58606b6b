using Akka.Actor;
using DrmActors.Actors.Scanout;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers.Virtual;

/// <summary>The driver of no hardware in particular: whatever its board's file says, it has.</summary>
internal sealed class VirtualDriver(BoardDescription board) : DrmDriver(board.Driver)
{
    private readonly VirtualObjects _objects = new(board);

    public override Func<uint, uint, uint, DumbLayout>? DumbCreate { get; } =
        (width, height, bpp) => DumbLayout.Of(width, height, bpp, board.Memory.PitchAlignment);

    public override bool TakesAdvice => true;

    public override bool HasVblank { get; } = board.Components.OfType<VopDescription>().All(vop => vop.HasVblank);

    public override ModeConfig CreateModeConfig() => new()
    {
        MinWidth = board.ModeConfig.MinWidth,
        MinHeight = board.ModeConfig.MinHeight,
        MaxWidth = board.ModeConfig.MaxWidth,
        MaxHeight = board.ModeConfig.MaxHeight,
        TakesUnseenFormats = !board.Driver.Features.HasFlag(DriverFeatures.Atomic),
        TakesDamage = board.Display.TakesDamage ?? true,
        AsyncPageFlip = board.Display.AsyncPageFlip,
        PageFlipTarget = board.Display.PageFlipTarget,
        CursorWidth = board.Display.CursorWidth ?? 64,
        CursorHeight = board.Display.CursorHeight ?? 64,
        CursorHotspot = board.Components.OfType<VopDescription>().Any(vop => vop.Windows.Any(w => w.HasHotspot)),
    };

    public override Props ComponentProps(ComponentSetup setup) => setup.Component switch
    {
        VopDescription vop => VopActor.Props(vop, _objects.AddPipe, setup.Arena, setup.Clock, Planted),
        OutputDescription output => ConnectorComponent.Props(setup, output, _objects.AddOutput, output.Connector.Modes),
        _ => throw new NotSupportedException($"{setup.Component.Name}: no such component on a virtual board"),
    };
}
