namespace DrmActors.Hardware.Images;

/// <summary>
/// The test card as a function from pixel to colour. Everything hangs on the grid's cell, a sixteenth of the shorter side:
/// <code>
/// outermost pixel     white: shows that no edge is cut off
/// frame, half a cell  black and white blocks
/// field               squares of one cell; a column of hues on the left, one of greys on the right
/// circle              bands, see <see cref="TestCardBands"/>
/// </code>
/// </summary>
internal readonly struct TestCard(int width, int height, string label)
{
    private const float CellsOfRadius = 7;

    private readonly float _cell = Math.Max(Math.Min(width, height) / 16f, 1);
    private readonly TestCardBands _bands = new(label);

    internal Rgb ColorAt(int x, int y)
    {
        if (x == 0 || y == 0 || x == width - 1 || y == height - 1) return Rgb.White;
        var (fromLeft, fromTop) = (x + 0.5f - width / 2f, y + 0.5f - height / 2f);
        var radius = CellsOfRadius * _cell;
        var distance = MathF.Sqrt(fromLeft * fromLeft + fromTop * fromTop) - radius;
        var edge = Math.Max(_cell / 20, 1);
        if (distance >= edge) return Outside(x, y, fromLeft, fromTop);

        var inside = _bands.ColorAt(fromLeft / radius, fromTop / radius, x);
        return inside
            .Mix(Rgb.White, distance + edge + 0.5f)
            .Mix(Outside(x, y, fromLeft, fromTop), distance - edge + 1);
    }

    private Rgb Outside(int x, int y, float fromLeft, float fromTop)
    {
        var toEdge = Math.Min(Math.Min(x, width - 1 - x), Math.Min(y, height - 1 - y));
        if (toEdge < _cell / 2)
            return (Block(fromLeft) + Block(fromTop) & 1) == 0 ? Rgb.Black : Rgb.White;
        if (Math.Abs(fromTop) < 5 * _cell && width > 1.4f * height)
        {
            var column = width / 2f - 2.5f * _cell - Math.Abs(fromLeft);
            var down = (fromTop / _cell + 5) / 10;
            if (column >= 0 && column < _cell) return fromLeft < 0 ? Rgb.Hue(down) : Rgb.Grey(down);
        }

        return OnGrid(fromLeft) || OnGrid(fromTop) ? Rgb.Grey(0.62f) : new Rgb(0.17f, 0.20f, 0.25f);
    }

    private int Block(float fromCentre) => (int)MathF.Floor(fromCentre / _cell);

    private bool OnGrid(float fromCentre)
    {
        var line = MathF.Round(fromCentre / _cell) * _cell;
        return Math.Abs(fromCentre - line) <= Math.Max(_cell / 40, 0.5f);
    }
}
