using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Kms;

namespace DrmActors.Actors.Scanout;

/// <summary>
/// What has changed since a picture was composed, for as long as all commits since have said so. Where there was none, nobody knows: a client may draw into
/// what is shown.
/// </summary>
internal sealed class PictureDamage
{
    private const int MostAreas = 64;

    private readonly List<PixelArea> _areas = [];
    private ShownPicture? _followed;
    private bool _isBehind;

    /// <summary>Of the CRTC; may lie over each other, or outside of it.</summary>
    public ReadOnlySpan<PixelArea> Areas => CollectionsMarshal.AsSpan(_areas);

    /// <summary>Whether the areas are all in which a picture differs from the composed one.</summary>
    public bool IsKnownOf(ShownPicture picture) => _isBehind && ReferenceEquals(picture, _followed);

    public void Composed(ShownPicture? picture)
    {
        _areas.Clear();
        (_followed, _isBehind) = (picture, false);
    }

    /// <summary>A commit has put one picture in place of another, and what it changed is in the planes' damage clips.</summary>
    public void Follow(ShownPicture before, ShownPicture after)
    {
        if (!ReferenceEquals(before, _followed))
            return;
        (_followed, _isBehind) = (after, true);
        for (var i = 0; i < after.Planes.Length; i++)
            if (!ReferenceEquals(before.Planes[i], after.Planes[i]))
                Add(after.Planes[i]);
        if (_areas.Count > MostAreas)
            Composed(null);
    }

    private void Add(PlaneState plane)
    {
        var input = PictureInputs.Of(plane, plane.Framebuffer!, []);
        var clips = MemoryMarshal.Cast<byte, int>(plane.DamageClips!.Data.AsSpan());
        for (var i = 0; i + 3 < clips.Length; i += 4)
            _areas.Add(PlaneDamage.OnCrtc(input, new PixelArea(clips[i], clips[i + 1], clips[i + 2], clips[i + 3])));
    }
}
