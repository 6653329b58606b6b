using DrmActors.Hardware.Memory;

namespace DrmActors.Actors.Drivers;

/// <summary>What a driver keeps for one device beside what the core keeps (<c>dev_private</c>).</summary>
internal sealed class DriverPrivate
{
    /// <summary>The address space of the display controllers: there from step 7 of the bind on, until that is undone.</summary>
    public IommuDomain? Iommu { get; set; }
}
