using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using DrmActors.Messages.Uapi;

namespace DrmActors.Messages.Tests.Abi;

/// <summary>The number of each ioctl, and the value of each enumerator and constant in the assembly.</summary>
internal static partial class ConstantFacts
{
    private const string Deadline = "DRM_SYNCOBJ_WAIT_FLAGS_WAIT_DEADLINE";
    private const string Export = "DRM_SYNCOBJ_HANDLE_TO_FD_FLAGS_TIMELINE";
    private const string Import = "DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_TIMELINE";

    /// <summary>Calls whose arguments have grown since, by the field at the end, and what the headers must know for it.</summary>
    public static readonly (string Name, string Field, string Macro)[] Grown =
    [
        ("DRM_IOCTL_SYNCOBJ_WAIT", "deadline_nsec", Deadline), ("DRM_IOCTL_SYNCOBJ_TIMELINE_WAIT", "deadline_nsec", Deadline),
        ("DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD", "point", Export), ("DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE", "point", Import),
    ];

    /// <summary>Newer than the headers of Debian 12 (Linux 6.1, libdrm 2.4.114).</summary>
    public static readonly string[] NewerThanHeaders =
    [
        // In no header at all.
        "SW_SYNC_IOC_MAGIC", "SW_SYNC_IOC_CREATE_FENCE", "SW_SYNC_IOC_INC", "SW_SYNC_GET_DEADLINE",
        "DRM_CLIENT_CAP_CURSOR_PLANE_HOTSPOT", "DRM_CAP_ATOMIC_ASYNC_PAGE_FLIP", "DRM_IOCTL_MODE_CLOSEFB", "DRM_IOCTL_SET_CLIENT_NAME",
        "DRM_CLIENT_NAME_MAX_LEN", "SYNC_IOC_SET_DEADLINE", "DRM_IOCTL_SYNCOBJ_EVENTFD", Deadline,
        Export, Import,
    ];

    /// <summary>How a type's enumerators are called in C: what stands before them, and those that do not follow from ours.</summary>
    private static readonly Dictionary<Type, (string Prefix, string[] Others)> Enums = new()
    {
        [typeof(Errno)] = ("", []),
        [typeof(IoctlDirection)] = ("_IOC_", []),
        [typeof(Capability)] = ("DRM_CAP_", []),
        [typeof(ClientCapability)] = ("DRM_CLIENT_CAP_", ["Stereo3D=STEREO_3D"]),
        [typeof(ConnectorStatus)] = ("DRM_MODE_", ["Unknown=UNKNOWNCONNECTION"]),
        [typeof(SubpixelOrder)] = ("DRM_MODE_SUBPIXEL_", []),
        [typeof(EncoderType)] = ("DRM_MODE_ENCODER_", ["TvDac=TVDAC", "DpMst=DPMST"]),
        [typeof(ConnectorType)] = ("DRM_MODE_CONNECTOR_",
        [
            "Unknown=Unknown", "DviI=DVII", "DviD=DVID", "DviA=DVIA", "Composite=Composite", "SVideo=SVIDEO", "Component=Component",
            "NinePinDin=9PinDIN", "DisplayPort=DisplayPort", "HdmiA=HDMIA", "HdmiB=HDMIB", "Edp=eDP",
        ]),
        [typeof(PropertyFlags)] = ("DRM_MODE_PROP_", []),
        [typeof(ObjectType)] = ("DRM_MODE_OBJECT_", []),
        [typeof(CursorFlags)] = ("DRM_MODE_CURSOR_", []),
        [typeof(PageFlipFlags)] = ("DRM_MODE_PAGE_FLIP_", []),
        [typeof(FramebufferFlags)] = ("DRM_MODE_FB_", []),
        [typeof(LeaseFlags)] = ("O_", ["CloseOnExec=CLOEXEC", "NonBlock=NONBLOCK"]),
        [typeof(DmaBufSyncFlags)] = ("DMA_BUF_SYNC_", []),
        [typeof(PrimeFlags)] = ("DRM_", ["ReadWrite=RDWR", "CloseOnExec=CLOEXEC"]),
        [typeof(DirtyFlags)] = ("DRM_MODE_FB_DIRTY_", []),
        [typeof(VblankFlags)] = ("_DRM_VBLANK_", ["NextOnMiss=NEXTONMISS"]),
        [typeof(SequenceFlags)] = ("DRM_CRTC_SEQUENCE_", []),
        [typeof(AtomicFlags)] = ("DRM_MODE_", ["TestOnly=ATOMIC_TEST_ONLY", "NonBlock=ATOMIC_NONBLOCK", "AllowModeset=ATOMIC_ALLOW_MODESET"]),
        [typeof(SyncobjCreateFlags)] = ("DRM_SYNCOBJ_CREATE_", []),
        [typeof(SyncobjExportFlags)] = ("DRM_SYNCOBJ_HANDLE_TO_FD_FLAGS_", []),
        [typeof(SyncobjImportFlags)] = ("DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_", []),
        [typeof(SyncobjWaitFlags)] = ("DRM_SYNCOBJ_WAIT_FLAGS_", []),
        [typeof(SyncobjQueryFlags)] = ("DRM_SYNCOBJ_QUERY_FLAGS_", []),
        [typeof(ModeTypes)] = ("DRM_MODE_TYPE_", ["UserDefined=USERDEF"]),
        [typeof(ModeFlags)] = ("DRM_MODE_FLAG_",
        [
            "PHSync=PHSYNC", "NHSync=NHSYNC", "PVSync=PVSYNC", "NVSync=NVSYNC", "DoubleScan=DBLSCAN", "CSync=CSYNC", "PCSync=PCSYNC",
            "NCSync=NCSYNC", "HSkew=HSKEW", "Broadcast=BCAST", "PixelMultiplex=PIXMUX", "DoubleClock=DBLCLK", "ClockDivide2=CLKDIV2",
            "StereoMask=3D_MASK", "AspectMask=PIC_AR_MASK",
        ]),
    };

    private static readonly Type[] OurOwnEnums = [typeof(IoctlRights), typeof(DriverFeatures), typeof(NodeKinds)];

    private static readonly Dictionary<string, string?> Constants = new(StringComparer.Ordinal)
    {
        ["VblankEvent.Bytes"] = "sizeof(struct drm_event_vblank)",
        ["SetClientName.MaxLength"] = "DRM_CLIENT_NAME_MAX_LEN",
        ["ModeDirtyFb.MaxClips"] = "DRM_MODE_FB_DIRTY_MAX_CLIPS",
        ["ISyncobjArrayCall.Most"] = null, // ours
        ["VgemFenceAttach.Write"] = null, // Debian has no header of it
        ["DrmEvent.Space"] = null, // the kernel's, not the UAPI's
        ["ClientInfo.NoUser"] = null, // likewise: its overflowuid
    };

    public static IEnumerable<AbiFact> All() =>
        IoctlTable.Rows.Concat(IoctlTable.DescriptorRows).Select(row => Constant(row.Name, row.Number.Value)).Concat(Enumerators()).Concat(OurConstants());

    private static IEnumerable<AbiFact> Enumerators()
    {
        foreach (Type type in typeof(UapiCodec).Assembly.GetTypes().Where(t => t.IsEnum && !OurOwnEnums.Contains(t)))
        {
            (string prefix, string[] others) = Enums[type];
            foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                long value = Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture);
                bool hasNoName = (string.Equals(field.Name, "None", StringComparison.Ordinal) && value == 0 && type != typeof(EncoderType))
                    || (type == typeof(IoctlDirection) && value == (long)IoctlDirection.ReadWrite);
                if (!hasNoName)
                {
                    yield return Constant(prefix + CName(field.Name, others), value);
                }
            }
        }
    }

    private static IEnumerable<AbiFact> OurConstants()
    {
        const BindingFlags Every = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (FieldInfo field in typeof(UapiCodec).Assembly.GetTypes().Where(t => !t.IsEnum).SelectMany(t => t.GetFields(Every)))
        {
            if (!field.IsLiteral)
            {
                continue;
            }

            string? name = field.DeclaringType == typeof(Uapi.Constants) ? field.Name : Constants[$"{field.DeclaringType!.Name}.{field.Name}"];
            if (name is not null)
            {
                yield return Constant(name, Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture));
            }
        }
    }

    private static AbiFact Constant(string name, long value) =>
        new(name, value, NewerThanHeaders.Contains(name, StringComparer.Ordinal) ? name : Grown.FirstOrDefault(g => g.Name == name).Macro);

    private static string CName(string name, string[] others)
    {
        string? other = others.SingleOrDefault(o => o.StartsWith(name + "=", StringComparison.Ordinal));
        return other is not null ? other[(name.Length + 1)..] : WordEnd().Replace(name, "_").ToUpperInvariant();
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordEnd();
}
