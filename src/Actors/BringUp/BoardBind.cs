using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Kms.Limits;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// The bind of a board: its twelve steps, and what they make. Runs inside the component master's actor, in whose name it sends.
/// </summary>
internal sealed partial class BoardBind(
    BoardDescription board,
    DrmDriver driver,
    BindFaults faults,
    IActorRef supervisor,
    IActorRef aperture)
{
    private DeviceAllocated? _allocated;
    private DeviceAllocated? _driverData;
    private ModeConfig? _config;
    private ImmutableArray<IActorRef> _pipes = [];

    public int Minor => _driverData?.Minor ?? -1;

    /// <summary>In the order of the kernel's <c>rockchip_drm_bind</c>, in which a console that fails is told and forgotten.</summary>
    public ImmutableArray<BindStep> Steps =>
    [
        new(1, "remove conflicting framebuffers", RemoveConflicting),
        new(2, "allocate the DRM device", AllocateDevice, PutDevice),
        new(3, "set driver data", SetDriverData, ClearDriverData),
        new(4, "allocate the private structure", AllocatePrivate, FreePrivate),
        new(5, "init mode_config", InitModeConfig, CleanUpModeConfig),
        new(6, "bind all components", BindComponents, UnbindComponents),
        new(7, "init the IOMMU", InitIommu, CleanUpIommu),
        new(8, "init vblank", InitVblank, CleanUpVblank),
        new(9, "reset the mode configuration", ResetModeConfig),
        new(10, "start connector polling", StartPolling, StopPolling),
        new(11, "register the device", Register, Unregister),
        new(12, "set up the fbdev console", SetUpConsole) { MayFail = true },
    ];

    // The range of the firmware's picture is not known to the kernel either: whoever owns one of this board goes.
    private Progress RemoveConflicting()
    {
        aperture.Tell(new RemoveConflicting(board.Name, Range: null));
        return Progress.Until(message => message is ConflictsRemoved ? Progress.Done : null);
    }

    private Progress SetDriverData()
    {
        _driverData = _allocated;
        return Progress.Done;
    }

    private Progress ClearDriverData()
    {
        _driverData = null;
        return Progress.Done;
    }

    private Progress AllocatePrivate()
    {
        driver.Private = new DriverPrivate();
        return Progress.Done;
    }

    private Progress FreePrivate()
    {
        driver.Private = null;
        return Progress.Done;
    }

    private Progress InitModeConfig()
    {
        var limits = CommitLimits.Of(board.Limits);
        if (driver.HostLimit is { } host)
            limits = limits.Add(host);
        _config = driver.CreateModeConfig() with { Restriction = CommitLimits.Restriction(limits) };
        return Progress.Done;
    }

    private Progress CleanUpModeConfig()
    {
        _config = null;
        return Progress.Done;
    }

    private Progress InitIommu()
    {
        var domain = new IommuDomain();
        foreach (var _ in _config!.Crtcs)
            domain.Attach();
        driver.Private!.Iommu = domain;
        return Progress.Done;
    }

    private Progress CleanUpIommu()
    {
        driver.Private!.Iommu!.Close();
        driver.Private.Iommu = null;
        return Progress.Done;
    }

    /// <summary>Each CRTC gets the component that counts its vblanks.</summary>
    private Progress InitVblank()
    {
        _pipes = [.. _config!.Crtcs.Select(crtc => BoundAs(b => b.Crtc == crtc.Id))];
        return Progress.Ended(_pipes.Contains(ActorRefs.Nobody) ? Errno.EINVAL : Errno.None);
    }

    private Progress CleanUpVblank()
    {
        _pipes = [];
        return Progress.Done;
    }
}
