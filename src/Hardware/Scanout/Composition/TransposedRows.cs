namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// A framebuffer's columns, for a picture that is turned by a quarter. Some are taken at a time, so that each line of the cache that holds
/// a row's pixels is read once for all of them.
/// </summary>
internal sealed class TransposedRows(FramebufferRows rows)
{
    private const int Columns = 2 * Argb16.Block;

    private readonly ulong[] _stretch = new ulong[Columns];
    private ulong[] _band = [];
    private int _first = -1;

    internal void Begin() => _first = -1;

    /// <summary>The pixels of column <paramref name="x"/> in the rows from <paramref name="top"/> to <paramref name="bottom"/>, the last one included.</summary>
    internal void Read(int x, int top, int bottom, Span<ulong> into)
    {
        var height = bottom - top + 1;
        if (_first < 0 || x < _first || x >= _first + Columns)
            Load(x - x % Columns, top, height);
        _band.AsSpan((x - _first) * height, height).CopyTo(into);
    }

    private void Load(int first, int top, int height)
    {
        _first = first;
        if (_band.Length < Columns * height)
            _band = new ulong[Columns * height];
        var columns = Math.Min(Columns, rows.Input.Width - first);
        for (var row = 0; row < height; row++)
        {
            rows.Read(first, top + row, columns, _stretch);
            for (var column = 0; column < columns; column++)
                _band[column * height + row] = _stretch[column];
        }
    }
}
