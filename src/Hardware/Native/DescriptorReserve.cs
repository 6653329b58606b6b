namespace DrmActors.Hardware.Native;

/// <summary>
/// The descriptors that a host keeps for itself, which nothing that a client makes may use up: it has to hear of calls and closes, and to start threads,
/// when clients have taken all that they can get.
/// </summary>
internal static class DescriptorReserve
{
    private const int Most = 256;

    /// <summary>A new descriptor is one of those. Each is the lowest that is free, so the number tells how many are in use.</summary>
    internal static unsafe bool Has(int descriptor)
    {
        Libc.Limit limit;
        // SAFETY: as Libc says.
        return Libc.GetLimit(Libc.LimitOfDescriptors, &limit) == 0 && (ulong)descriptor >= limit.Current - Math.Min(Most, limit.Current / 4);
    }
}
