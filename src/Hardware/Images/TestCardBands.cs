namespace DrmActors.Hardware.Images;

/// <summary>
/// What stands inside the test card's circle, from the top, in radii from -1 to 1: the project's name; eight colour bars; red, green and
/// blue ramps; eleven steps of grey; black and white lines of 1 to 6 pixels; size and format.
/// </summary>
internal readonly struct TestCardBands(string label)
{
    private static readonly Rgb[] Bars =
    [
        Rgb.White, new(1, 1, 0), new(0, 1, 1), new(0, 1, 0), new(1, 0, 1), new(1, 0, 0), new(0, 0, 1), Rgb.Black,
    ];

    /// <param name="across">From -1 at the circle's left to 1 at its right.</param>
    /// <param name="down">From -1 at the circle's top to 1 at its bottom.</param>
    /// <param name="x">The pixel's own column: the finest lines are counted in pixels.</param>
    internal Rgb ColorAt(float across, float down, int x)
    {
        var share = (across + 1) / 2;
        return down switch
        {
            < -0.45f => Text("DRM ACTORS", across, down, -0.73f, 0.15f),
            < -0.02f => Bars[Step(share, Bars.Length)],
            < 0.07f => new Rgb(share, 0, 0),
            < 0.16f => new Rgb(0, share, 0),
            < 0.25f => new Rgb(0, 0, share),
            < 0.41f => Rgb.Grey(Step(share, 11) / 10f),
            < 0.55f => (x / (1 + Step(share, 6)) & 1) == 0 ? Rgb.Black : Rgb.White,
            _ => Text(label, across, down, 0.64f, 0.1f),
        };
    }

    private static int Step(float share, int steps) => Math.Clamp((int)(share * steps), 0, steps - 1);

    private static Rgb Text(string text, float across, float down, float top, float size)
    {
        var dot = size / BitmapFont.Height;
        var left = -BitmapFont.Width(text) * dot / 2;
        var column = (int)MathF.Floor((across - left) / dot);
        var row = (int)MathF.Floor((down - top) / dot);
        return BitmapFont.HasDot(text, column, row) ? Rgb.White : new Rgb(0.04f, 0.05f, 0.08f);
    }
}
