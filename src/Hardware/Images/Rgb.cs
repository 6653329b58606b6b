namespace DrmActors.Hardware.Images;

/// <summary>A colour of the test card; components from 0 to 1.</summary>
internal readonly record struct Rgb(float Red, float Green, float Blue)
{
    internal static Rgb Black => default;

    internal static Rgb White => new(1, 1, 1);

    internal static Rgb Grey(float level) => new(level, level, level);

    /// <summary>Fully saturated; red at 0, green at a third, blue at two thirds.</summary>
    internal static Rgb Hue(float turn)
    {
        return new Rgb(Component(0), Component(1 / 3f), Component(2 / 3f));

        float Component(float peak)
        {
            var distance = Math.Abs(turn - peak);
            return Math.Clamp(2 - 6 * Math.Min(distance, 1 - distance), 0, 1);
        }
    }

    /// <summary>This colour at 0, the other one at 1.</summary>
    internal Rgb Mix(Rgb other, float share)
    {
        share = Math.Clamp(share, 0, 1);
        return new Rgb(Red + (other.Red - Red) * share, Green + (other.Green - Green) * share, Blue + (other.Blue - Blue) * share);
    }

    internal uint ToXrgb() => 0xff000000 | To8(Red) << 16 | To8(Green) << 8 | To8(Blue);

    private static uint To8(float component) => (uint)(component * 255 + 0.5f);
}
