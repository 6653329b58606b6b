using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What a CRTC does. A mode without <see cref="Active"/> is a CRTC that is set up and sleeps (DPMS off).</summary>
public sealed record CrtcState(bool Active, ModeInfo? Mode)
{
    /// <summary>In ARGB16161616.</summary>
    public const ulong OpaqueBlack = 0xffff_0000_0000_0000;

    public static readonly CrtcState Off = new(false, null);

    /// <summary>The mode as bytes with an id: there where there is a mode.</summary>
    public Blob? ModeBlob { get; init; }

    public bool VrrEnabled { get; init; }

    /// <summary>Maps what the planes make before <see cref="Ctm"/>; null for as it is. All three stay while the CRTC is off.</summary>
    public Blob? DegammaLut { get; init; }

    /// <summary>Nine factors in sign and magnitude, 31.32, row by row; null for as it is.</summary>
    public Blob? Ctm { get; init; }

    /// <summary>Maps what the planes make; null for as it is.</summary>
    public Blob? GammaLut { get; init; }

    /// <summary>What the legacy call set last; null for what the CRTC began with.</summary>
    public GammaTable? LegacyGamma { get; init; }

    /// <summary>How its picture is scaled: 0 as the driver likes, 1 the nearest pixel.</summary>
    public uint ScalingFilter { get; init; }

    /// <summary>What shows where no plane is: ARGB16161616, its alpha ignored.</summary>
    public ulong Background { get; init; } = OpaqueBlack;

    /// <summary>Where the cursor was moved to last, in pixels.</summary>
    public int CursorX { get; init; }

    public int CursorY { get; init; }

    /// <summary>The indexes of the planes that are on it, ascending.</summary>
    public ImmutableArray<int> Planes { get; init; } = [];

    /// <summary>The indexes of the connectors that it drives, ascending.</summary>
    public ImmutableArray<int> Connectors { get; init; } = [];
}
