namespace DrmActors.Hardware.Images;

/// <summary>A picture as it was read: one XRGB8888 value a pixel, the X byte 0xff, rows from the top without padding.</summary>
public sealed record Image(int Width, int Height, uint[] Xrgb);
