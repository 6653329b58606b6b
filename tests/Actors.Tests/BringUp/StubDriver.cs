using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Drivers.Rockchip;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>A driver whose components are stubs.</summary>
internal sealed class StubDriver(BoardDescription board, IActorRef trail, bool componentsAppear = true) : DrmDriver(board.Driver)
{
    /// <summary>What the device was given at step 9; null before.</summary>
    public InstallModeConfig? Installed { get; private set; }

    /// <summary>The address space that there was at step 9.</summary>
    public IommuDomain? IommuAtInstall { get; private set; }

    public override ModeConfig CreateModeConfig() => new RockchipDriver(board).CreateModeConfig();

    public void NoteInstalled(InstallModeConfig install)
    {
        IommuAtInstall = Private!.Iommu;
        Installed = install;
    }

    public override Props ComponentProps(ComponentSetup setup) => StubComponent.Props(setup, trail, componentsAppear);
}
