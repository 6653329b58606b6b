using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// What a CRTC does to the blended colours: DEGAMMA_LUT, CTM, GAMMA_LUT, in this order, each where it is set. Made when one of them
/// changes, and used for every frame since.
/// </summary>
public sealed class ColorPipeline
{
    private readonly LevelTable? _degamma;
    private readonly ColorMatrix? _matrix;
    private readonly LevelTable? _gamma;

    /// <param name="matrix">Nine numbers, sign and magnitude in S31.32, a row for each of red, green and blue.</param>
    public ColorPipeline(GammaTable? degamma, ImmutableArray<ulong>? matrix, GammaTable? gamma)
    {
        _degamma = degamma is null ? null : new LevelTable(degamma);
        _matrix = matrix is { } numbers ? new ColorMatrix(numbers) : null;
        _gamma = gamma is null ? null : new LevelTable(gamma);
        OfBytes = _matrix is null ? new ByteTable(_degamma, _gamma) : null;
    }

    /// <summary>The same for colours of eight bits that come out with eight; null where one colour depends on another.</summary>
    internal ByteTable? OfBytes { get; }

    internal void Apply(Span<ulong> pixels)
    {
        _degamma?.Apply(pixels);
        _matrix?.Apply(pixels);
        _gamma?.Apply(pixels);
    }
}
