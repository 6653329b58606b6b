using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>
/// A call that names descriptors of its caller's. Between processes the numbers are translated: whoever passes the call on finds out what each
/// stands for, and makes the same call with numbers that the host knows. (What DRM_MODE_ATOMIC takes, only the device's state can tell.)
/// </summary>
public interface ITakesDescriptors : IIoctl
{
    /// <summary>Those that it names, as the caller numbers them. In place of one that is not open there, another process is given one that is open nowhere.</summary>
    ImmutableArray<Descriptor> Takes { get; }

    /// <summary>The same call with others, as many and in the same order.</summary>
    IIoctl With(ImmutableArray<Descriptor> descriptors);
}

/// <summary>A reply that carries new descriptors, which are the caller's to close. Between processes each becomes one of the client's.</summary>
public interface IMakesDescriptors
{
    ImmutableArray<MadeDescriptor> Made { get; }
}

/// <summary>A descriptor that a call has made.</summary>
/// <param name="Pointer">Where in the client its number goes, 32 bits; 0 for the place in the argument that <see cref="Uapi.UapiCodec.DescriptorOffset"/> tells.</param>
public readonly record struct MadeDescriptor(Descriptor Descriptor, bool CloseOnExec = true, ulong Pointer = 0);
