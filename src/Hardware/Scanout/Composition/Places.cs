namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>The lowest bit of each component. drm_fourcc.h.</summary>
internal interface IPlaces
{
    static abstract int Blue { get; }

    static abstract int Green { get; }

    static abstract int Red { get; }

    static abstract int Alpha { get; }
}

internal readonly struct Argb2101010 : IPlaces
{
    public static int Blue => 0;

    public static int Green => 10;

    public static int Red => 20;

    public static int Alpha => 30;
}

internal readonly struct Abgr2101010 : IPlaces
{
    public static int Blue => 20;

    public static int Green => 10;

    public static int Red => 0;

    public static int Alpha => 30;
}

internal readonly struct Rgba1010102 : IPlaces
{
    public static int Blue => 2;

    public static int Green => 12;

    public static int Red => 22;

    public static int Alpha => 0;
}

internal readonly struct Bgra1010102 : IPlaces
{
    public static int Blue => 22;

    public static int Green => 12;

    public static int Red => 2;

    public static int Alpha => 0;
}

internal readonly struct Rgb565 : IPlaces
{
    public static int Blue => 0;

    public static int Green => 5;

    public static int Red => 11;

    public static int Alpha => 16;
}

internal readonly struct Bgr565 : IPlaces
{
    public static int Blue => 11;

    public static int Green => 5;

    public static int Red => 0;

    public static int Alpha => 16;
}

internal readonly struct Rgb888 : IPlaces
{
    public static int Blue => 0;

    public static int Green => 8;

    public static int Red => 16;

    public static int Alpha => 24;
}

internal readonly struct Bgr888 : IPlaces
{
    public static int Blue => 16;

    public static int Green => 8;

    public static int Red => 0;

    public static int Alpha => 24;
}
