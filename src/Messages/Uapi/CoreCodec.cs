using System.Text;

namespace DrmActors.Messages.Uapi;

/// <summary>Version, identity, capabilities and master: drm.h's calls that every driver has.</summary>
internal static class CoreCodec
{
    private static readonly GetVersion Version = new();
    private static readonly GetUnique UniqueCall = new();
    private static readonly GetStats StatsCall = new();
    private static readonly GetMagic MagicCall = new();
    private static readonly SetMaster SetMasterCall = new();
    private static readonly DropMaster DropMasterCall = new();

    public static readonly ArgumentCodec GetVersion =
        new ArgumentCodec<drm_version, GetVersion, DriverVersion>((in _, _) => Version, EncodeVersion);

    public static readonly ArgumentCodec SetVersion =
        new ArgumentCodec<drm_set_version, SetVersion, VersionAgreed>(
            (in a, _) => new SetVersion(a.drm_di_major, a.drm_di_minor, a.drm_dd_major, a.drm_dd_minor),
            (ref a, reply, _) =>
            {
                a.drm_di_major = reply.InterfaceMajor;
                a.drm_di_minor = reply.InterfaceMinor;
                a.drm_dd_major = reply.DriverMajor;
                a.drm_dd_minor = reply.DriverMinor;
                return Errno.None;
            });

    public static readonly ArgumentCodec GetUnique =
        new ArgumentCodec<drm_unique, GetUnique, UniqueName>((in _, _) => UniqueCall, EncodeUnique);

    public static readonly ArgumentCodec GetClient =
        new ArgumentCodec<drm_client, GetClient, ClientInfo>((in a, _) => new GetClient(a.idx), EncodeClient);

    public static readonly ArgumentCodec GetStats =
        new ArgumentCodec<drm_stats, GetStats, Done>(
            (in _, _) => StatsCall,
            (ref a, _, _) =>
            {
                a = default;
                return Errno.None;
            });

    public static readonly ArgumentCodec GetMagic =
        new ArgumentCodec<drm_auth, GetMagic, Magic>(
            (in _, _) => MagicCall,
            (ref a, reply, _) =>
            {
                a.magic = reply.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec AuthMagic =
        new ArgumentCodec<drm_auth, AuthMagic, Done>((in a, _) => new AuthMagic(a.magic));

    public static readonly ArgumentCodec SetMaster =
        new ArgumentCodec<NoArgument, SetMaster, Done>((in _, _) => SetMasterCall);

    public static readonly ArgumentCodec DropMaster =
        new ArgumentCodec<NoArgument, DropMaster, Done>((in _, _) => DropMasterCall);

    public static readonly ArgumentCodec GetCap =
        new ArgumentCodec<drm_get_cap, GetCap, CapValue>(
            (in a, _) => new GetCap((Capability)a.capability),
            (ref a, reply, _) =>
            {
                a.value = reply.Value;
                return Errno.None;
            },
            (ref a) => a.value = 0);

    public static readonly ArgumentCodec SetClientCap =
        new ArgumentCodec<drm_set_client_cap, SetClientCap, Done>(
            (in a, _) => new SetClientCap((ClientCapability)a.capability, a.value));

    public static readonly ArgumentCodec SetClientName = new ArgumentCodec<drm_set_client_name, SetClientName, Done>(DecodeName);

    // One that is too long is not read, and refused by its length.
    private static IIoctl DecodeName(in drm_set_client_name a, IClientMemory memory)
    {
        const int TooLong = Messages.SetClientName.MaxLength + 1;
        var name = new byte[Math.Min(a.name_len, TooLong)];
        bool fault = name.Length < TooLong && !memory.TryReadArray<byte>(a.name, name);
        var call = new SetClientName(Encoding.Latin1.GetString(name));
        return fault ? new RefusedIoctl(call, Errno.EFAULT) : call;
    }

    private static Errno EncodeVersion(ref drm_version a, DriverVersion reply, IClientMemory memory)
    {
        a.version_major = reply.Major;
        a.version_minor = reply.Minor;
        a.version_patchlevel = reply.PatchLevel;
        Errno errno = memory.WriteCut(a.name, ref a.name_len, reply.Name);
        if (errno == Errno.None)
        {
            errno = memory.WriteCut(a.date, ref a.date_len, reply.Date);
        }

        return errno == Errno.None ? memory.WriteCut(a.desc, ref a.desc_len, reply.Description) : errno;
    }

    /// <summary>All of the name or nothing: half a bus id names another device.</summary>
    private static Errno EncodeUnique(ref drm_unique a, UniqueName reply, IClientMemory memory)
    {
        byte[] name = Encoding.UTF8.GetBytes(reply.Name);
        if (a.unique_len >= (ulong)name.Length && !memory.TryWriteArray<byte>(a.unique, name))
        {
            return Errno.EFAULT;
        }

        a.unique_len = (ulong)name.Length;
        return Errno.None;
    }

    private static Errno EncodeClient(ref drm_client a, ClientInfo reply, IClientMemory memory)
    {
        a.auth = reply.Authenticated ? 1 : 0;
        a.pid = (ulong)reply.ProcessId;
        a.uid = (uint)reply.UserId;
        a.magic = 0;
        a.iocs = 0;
        return Errno.None;
    }
}
