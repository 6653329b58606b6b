using System.Text;

namespace DrmActors.Bridge.Uevents;

/// <summary>MurmurHash2 of 32 bits with the seed 0: by it the header of udev's messages tells of subsystems and tags.</summary>
internal static class MurmurHash
{
    private const uint Multiplier = 0x5bd1e995;

    public static uint Of(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        var hash = (uint)bytes.Length;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
        {
            var word = BitConverter.ToUInt32(bytes) * Multiplier;
            hash = (hash * Multiplier) ^ ((word ^ (word >> 24)) * Multiplier);
        }

        for (var i = bytes.Length - 1; i >= 0; i--)
            hash ^= (uint)bytes[i] << (8 * i);
        if (!bytes.IsEmpty)
            hash *= Multiplier;
        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
