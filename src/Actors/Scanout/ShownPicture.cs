using System.Collections.Immutable;
using DrmActors.Kms;

namespace DrmActors.Actors.Scanout;

/// <summary>All that makes the picture of a CRTC, as it was latched last.</summary>
/// <param name="Planes">What is shown, from the farthest to the nearest.</param>
/// <param name="Degamma">Maps what the planes make; null for as it is.</param>
/// <param name="Ctm">Mixes what comes out of that.</param>
/// <param name="Gamma">Maps what comes out of that.</param>
/// <param name="Background">Where no plane is.</param>
internal sealed record ShownPicture(
    ImmutableArray<PlaneState> Planes, Blob? Degamma = null, Blob? Ctm = null, Blob? Gamma = null, ulong Background = CrtcState.OpaqueBlack)
{
    public static readonly ShownPicture Nothing = new([]);

    public bool IsClients => IsOfClient(Planes);

    /// <summary>Whether a client's picture is among what is shown.</summary>
    public static bool IsOfClient(ImmutableArray<PlaneState> planes)
    {
        foreach (var plane in planes)
            if (plane.Framebuffer is { IsConsole: false })
                return true;
        return false;
    }
}
