using DrmActors.Messages.Uapi;

namespace DrmActors.Refusals;

/// <summary>A process with open files of a card, by bytes alone: the same calls come to the card by the host's own way, or from a real program.</summary>
internal abstract class RawClient : IAsyncDisposable
{
    /// <summary>Where the only memory is that pointers of arguments can reach.</summary>
    public const ulong MemoryAt = 0x5000_0000_0000;

    public const int MemorySize = 1 << 16;

    /// <summary>Nothing is there.</summary>
    public const ulong Nowhere = 8;

    /// <summary>What the device shows now.</summary>
    public abstract KmsState State { get; }

    /// <summary>What its driver can.</summary>
    public abstract DriverFeatures Features { get; }

    /// <summary>Opens card0; a number for the file.</summary>
    public abstract Task<int> OpenAsync();

    /// <param name="argument">Null for a pointer to where nothing is. Else as it is written back, with the answer.</param>
    public abstract Task<Errno> IoctlAsync(int file, IoctlNumber number, byte[]? argument);

    /// <summary>The bytes are there for the calls that follow.</summary>
    public abstract Task WriteAsync(ulong address, byte[] bytes);

    public abstract Task<byte[]> ReadAsync(ulong address, int length);

    /// <summary>The board is pulled out.</summary>
    public abstract Task UnplugAsync();

    public abstract ValueTask DisposeAsync();
}
