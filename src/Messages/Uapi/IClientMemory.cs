namespace DrmActors.Messages.Uapi;

/// <summary>
/// The memory of the calling process, for the arrays and strings that an argument points at. False where any of the bytes
/// cannot be reached; the call is then EFAULT. The address is whatever the client wrote, and nothing about it is trusted,
/// but that address and length together do not wrap round.
/// </summary>
public interface IClientMemory
{
    bool TryRead(ulong address, Span<byte> destination);

    bool TryWrite(ulong address, ReadOnlySpan<byte> source);
}
