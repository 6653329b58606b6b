using System.Buffers.Binary;
using System.Text;

namespace DrmActors.Bridge.Uevents;

/// <summary>What happened to a device, in the bytes of NETLINK_KOBJECT_UEVENT. Pure.</summary>
/// <param name="Action">"add", "remove", "change"…</param>
/// <param name="Variables">Of this event alone.</param>
/// <param name="Number">SEQNUM.</param>
internal sealed record UeventMessage(string Action, ServedDevice Device, IReadOnlyList<(string Name, string Value)> Variables, long Number)
{
    private const string Magic = "libudev\0";
    private const uint Version = 0xfeedcafe;
    private const int HeaderLength = 40;

    /// <summary>The kernel's: a line that says it all, then the variables.</summary>
    public byte[] OfKernel() => Bytes([($"{Action}@{Device.Path}", null), .. Common, .. DeviceVariables(""), ("SEQNUM", $"{Number}")]);

    /// <summary>
    /// udev's, when it has seen to it: a header by which sockets filter (all words but the three of lengths are big-endian), and the variables with what udev stores.
    /// </summary>
    public byte[] OfUdev()
    {
        var variables = Bytes([.. Common, .. DeviceVariables("/dev/"), ("SEQNUM", $"{Number}"), .. Device.Udev.Variables]);
        var bytes = new byte[HeaderLength + variables.Length];
        Encoding.ASCII.GetBytes(Magic, bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Version);
        BitConverter.TryWriteBytes(bytes.AsSpan(12), HeaderLength);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), HeaderLength);
        BitConverter.TryWriteBytes(bytes.AsSpan(20), variables.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(24), MurmurHash.Of(ServedDevice.Subsystem));
        var kind = DeviceVariables("").FirstOrDefault(v => v.Name == "DEVTYPE").Value;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(28), kind is null ? 0 : MurmurHash.Of(kind));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(32), Device.Udev.Tags.Aggregate(0ul, (bits, tag) => bits | BloomOf(tag)));
        variables.CopyTo(bytes, HeaderLength);
        return bytes;
    }

    private IEnumerable<(string Name, string? Value)> Common =>
        [("ACTION", Action), ("DEVPATH", Device.Path), ("SUBSYSTEM", ServedDevice.Subsystem), .. Variables];

    // udev names the node in full.
    private IEnumerable<(string Name, string? Value)> DeviceVariables(string before)
    {
        foreach (var line in Device.Variables.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line[..line.IndexOf('=')], line[(line.IndexOf('=') + 1)..]);
            yield return (name, name == "DEVNAME" ? before + value : value);
        }
    }

    // Four bits of 64, by six bits each of the tag's hash.
    private static ulong BloomOf(string tag)
    {
        var hash = MurmurHash.Of(tag);
        return (1ul << (int)(hash & 63)) | (1ul << (int)((hash >> 6) & 63)) | (1ul << (int)((hash >> 12) & 63)) | (1ul << (int)((hash >> 18) & 63));
    }

    private static byte[] Bytes(IEnumerable<(string Name, string? Value)> variables) =>
        Encoding.UTF8.GetBytes(string.Concat(variables.Select(v => v.Value is null ? $"{v.Name}\0" : $"{v.Name}={v.Value}\0")));
}
