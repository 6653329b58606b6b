using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// Rows of a plane that is scaled, reflected or turned. "Row" and "column" are the destination's: of a plane that is turned by a quarter
/// they are the framebuffer's columns and rows. The last two rows that were resampled sideways are kept, for the next line mostly needs
/// them again.
/// </summary>
internal sealed class Resampler(FramebufferRows rows)
{
    private readonly TransposedRows _transposed = new(rows);
    private readonly int[] _slots = [-1, -1];
    private readonly ulong[][] _sideways = [[], []];
    private ulong[] _source = [];
    private ulong[] _mixed = [];
    private Tap[] _taps = [];
    private (Axis Axis, int Left, int Right) _tapsOf;
    private Axis _down;
    private bool _isTransposed;
    private int _lowest;
    private int _highest;
    private int _pixels;
    private int _mixedRow;

    /// <param name="left">The first column of the destination that will be asked for, and <paramref name="right"/> the one behind the last.</param>
    internal void Begin(PlaneInput input, int left, int right)
    {
        (var across, _down, _isTransposed) = Orientation.Axes(input);
        _transposed.Begin();
        _slots.AsSpan().Fill(-1);
        _mixedRow = -1;
        _pixels = right - left;
        if (_tapsOf != (across, left, right))
            MakeTaps(across, left, right);
    }

    /// <summary>From the first column that was asked for.</summary>
    /// <param name="y">Row of the destination.</param>
    internal Span<ulong> Read(int y)
    {
        var tap = _down.At(y);
        if (tap.IsOne)
            return Sideways(tap.First, besides: -1);
        if (_mixedRow != y)
            Mix(Sideways(tap.First, tap.Second), Sideways(tap.Second, tap.First), _mixed, _pixels, tap.Weight);
        _mixedRow = y;
        return _mixed;
    }

    private void MakeTaps(Axis across, int left, int right)
    {
        _tapsOf = (across, left, right);
        var room = Argb16.Padded(_pixels) + Argb16.Block;
        if (_taps.Length < room)
            (_taps, _mixed, _sideways[0], _sideways[1]) = (new Tap[room], new ulong[room], new ulong[room], new ulong[room]);
        (_lowest, _highest) = (int.MaxValue, 0);
        for (var i = 0; i < _pixels; i++)
        {
            _taps[i] = across.At(left + i);
            _lowest = Math.Min(_lowest, Math.Min(_taps[i].First, _taps[i].Second));
            _highest = Math.Max(_highest, Math.Max(_taps[i].First, _taps[i].Second));
        }

        foreach (ref var tap in _taps.AsSpan(0, _pixels))
            tap = tap with { First = tap.First - _lowest, Second = tap.Second - _lowest };

        var source = Argb16.Padded(_highest - _lowest + 1) + Argb16.Block;
        if (_source.Length < source)
            _source = new ulong[source];
    }

    // Never drops the row that is needed beside this one.
    private ulong[] Sideways(int row, int besides)
    {
        var slot = Array.IndexOf(_slots, row);
        if (slot >= 0)
            return _sideways[slot];
        slot = _slots[0] == besides ? 1 : 0;
        _slots[slot] = row;
        var room = _sideways[slot].AsSpan();
        if (_tapsOf.Axis.IsPlain)
        {
            Read(row, room);
            if (_tapsOf.Axis.IsReversed)
                room[.._pixels].Reverse();
            return _sideways[slot];
        }

        Read(row, _source);
        var taps = _taps.AsSpan(0, _pixels);
        if (_tapsOf.Axis.IsNearest)
            Pick(_source, taps, room);
        else
            Interpolate(_source, taps, room);
        return _sideways[slot];
    }

    private void Read(int row, Span<ulong> into)
    {
        if (_isTransposed)
            _transposed.Read(row, _lowest, _highest, into);
        else
            rows.Read(_lowest, row, _highest - _lowest + 1, into);
    }

    private static void Pick(ReadOnlySpan<ulong> source, ReadOnlySpan<Tap> taps, Span<ulong> into)
    {
        into = into[..taps.Length];
        for (var i = 0; i < taps.Length; i++)
            into[i] = source[taps[i].First];
    }

    private static void Interpolate(ReadOnlySpan<ulong> source, ReadOnlySpan<Tap> taps, Span<ulong> into)
    {
        into = into[..taps.Length];
        for (var i = 0; i < taps.Length; i++)
            into[i] = Between(source[taps[i].First], source[taps[i].Second], taps[i].Weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Between(ulong first, ulong second, uint weight)
    {
        var from = Vector128.WidenLower(Vector128.CreateScalar(first).AsUInt16());
        var to = Vector128.WidenLower(Vector128.CreateScalar(second).AsUInt16());
        var sum = from * (0x10000 - weight) + to * weight + Vector128.Create(0x8000u);
        return Vector128.Narrow(sum >>> 16, default).AsUInt64().ToScalar();
    }

    private static void Mix(Span<ulong> first, Span<ulong> second, Span<ulong> into, int pixels, uint weight)
    {
        var from = Argb16.Vectors(first, pixels);
        var to = Argb16.Vectors(second, pixels)[..from.Length];
        var mixed = Argb16.Vectors(into, pixels)[..from.Length];
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = Vector256.Narrow(
                Between(Vector256.WidenLower(from[i]), Vector256.WidenLower(to[i]), weight),
                Between(Vector256.WidenUpper(from[i]), Vector256.WidenUpper(to[i]), weight));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Between(Vector256<uint> first, Vector256<uint> second, uint weight) =>
        (first * (0x10000 - weight) + second * weight + Vector256.Create(0x8000u)) >>> 16;
}
