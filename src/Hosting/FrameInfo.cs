namespace DrmActors.Hosting;

/// <summary>A frame that was sent to a monitor.</summary>
/// <param name="Crc">Of the visible pixels.</param>
/// <param name="Sequence">The vblank count that it began with.</param>
/// <param name="Time">CLOCK_MONOTONIC of that vblank, nanoseconds.</param>
public readonly record struct FrameInfo(uint Crc, ulong Sequence, long Time);
