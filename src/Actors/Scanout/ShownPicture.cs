using System.Collections.Immutable;
using DrmActors.Kms;

namespace DrmActors.Actors.Scanout;

/// <summary>All that makes the picture of a CRTC, as it was latched last.</summary>
/// <param name="Above">What is shown over the primary plane, from the lowest to the highest.</param>
/// <param name="Gamma">Maps what the planes make; null for as it is.</param>
internal sealed record ShownPicture(PlaneState Primary, ImmutableArray<PlaneState> Above, Blob? Gamma)
{
    public static readonly ShownPicture Nothing = new(PlaneState.Off, [], null);

    public bool IsClients => IsOfClient(Primary);

    public static bool IsOfClient(PlaneState plane) => plane.Framebuffer is { Owner: not 0 };
}
