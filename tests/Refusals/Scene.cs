using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrmActors.Messages.Uapi;

namespace DrmActors.Refusals;

/// <summary>
/// A client with a lit screen, and what calls need that are nearly right: small, foreign and planar framebuffers, blobs of every kind, another file
/// and a lessee. Everything is made by ioctls. On a board that has no screens there are the files and a small buffer.
/// </summary>
internal sealed class Scene
{
    private const int MostIds = 64;

    private readonly RawClient _client;
    private readonly List<(ulong Address, byte[] Bytes)> _put = [];
    private ulong _next = RawClient.MemoryAt;

    private Scene(RawClient client) => _client = client;

    public int Master { get; private set; }

    public int Other { get; private set; }

    public int Lessee { get; private set; } = -1;

    public uint[] Crtcs { get; private set; } = [];

    public uint[] Connectors { get; private set; } = [];

    public uint[] Encoders { get; private set; } = [];

    /// <summary>By CRTC.</summary>
    public uint[] Primaries { get; private set; } = [];

    /// <summary>A plane that is no primary one's, and goes on the first CRTC; 0 for none.</summary>
    public uint Overlay { get; private set; }

    public drm_mode_modeinfo Mode { get; private set; }

    /// <summary>Of the size of the mode, as <see cref="Framebuffer"/>.</summary>
    public drm_mode_create_dumb Buffer { get; private set; }

    /// <summary>64 by 64.</summary>
    public drm_mode_create_dumb SmallBuffer { get; private set; }

    /// <summary>What is lit.</summary>
    public uint Framebuffer { get; private set; }

    /// <summary>As large, of another format: RGB565. 0 where no plane shows that.</summary>
    public uint OtherFormat { get; private set; }

    /// <summary>NV12, 64 by 32. 0 where no plane shows that.</summary>
    public uint Planar { get; private set; }

    public uint Small { get; private set; }

    /// <summary>Of <see cref="Other"/>, as large as the mode.</summary>
    public uint Foreign { get; private set; }

    /// <summary>The mode.</summary>
    public uint ModeBlob { get; private set; }

    /// <summary>As long as a mode, all zero.</summary>
    public uint Zeros { get; private set; }

    /// <summary>60 bytes.</summary>
    public uint ShortBlob { get; private set; }

    /// <summary>Of <see cref="Other"/>, 8 bytes.</summary>
    public uint ForeignBlob { get; private set; }

    /// <summary>The lowest lessee's number.</summary>
    public uint LesseeId { get; private set; }

    public uint GammaSize { get; private set; }

    public ModeConfig Config => _client.State.Config;

    private bool IsAtomic => _client.Features.HasFlag(DriverFeatures.Atomic);

    public RawClient Client => _client;

    /// <summary>What no object is called.</summary>
    public const uint Unknown = 987_654;

    public static async Task<Scene> SetAsync(RawClient client)
    {
        var scene = new Scene(client) { Master = await client.OpenAsync(), Other = await client.OpenAsync() };
        if (client.Features.HasFlag(DriverFeatures.Modeset))
        {
            await scene.LookAsync();
            await scene.LightAsync();
            await scene.MakeAsync();
            await scene.LendAsync();
        }
        else
            scene.SmallBuffer = await scene.CreateAsync(scene.Master, 64, 64);
        return scene;
    }

    /// <summary>Memory with these items; where it is.</summary>
    public ulong Put<T>(params ReadOnlySpan<T> items)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(items).ToArray();
        var address = _next;
        _next += (ulong)(bytes.Length + 7) & ~7ul;
        _put.Add((address, bytes));
        return address;
    }

    /// <summary>Room for so many bytes; where it is.</summary>
    public ulong Room(int bytes) => Put<byte>(new byte[bytes]);

    public static byte[] Bytes<T>(T argument)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in argument)).ToArray();

    /// <summary>Makes the call that a table describes.</summary>
    public async Task<Errno> TryAsync(Refusal refusal)
    {
        _next = RawClient.MemoryAt;
        var argument = refusal.Argument(this);
        await FlushAsync();
        return await _client.IoctlAsync(FileOf(refusal.By), IoctlTable.RowNamed(refusal.Ioctl)!.Number, argument);
    }

    public int FileOf(Caller caller) => caller switch
    {
        Caller.Master => Master,
        Caller.Lessee => Lessee,
        _ => Other,
    };

    /// <summary>A call that has to succeed.</summary>
    public async Task<T> CallAsync<T>(int file, string ioctl, T argument)
        where T : unmanaged
    {
        await FlushAsync();
        var bytes = Bytes(argument);
        var errno = await _client.IoctlAsync(file, IoctlTable.RowNamed(ioctl)!.Number, bytes);
        Assert.True(errno == Errno.None, $"{ioctl}: {errno}");
        return MemoryMarshal.Read<T>(bytes);
    }

    private async Task FlushAsync()
    {
        foreach (var (address, bytes) in _put)
            await _client.WriteAsync(address, bytes);
        _put.Clear();
    }

    private async Task<uint[]> IdsAsync(ulong address, uint count) =>
        MemoryMarshal.Cast<byte, uint>(await _client.ReadAsync(address, (int)count * sizeof(uint))).ToArray();

    private async Task LookAsync()
    {
        await CallAsync(Master, "SET_VERSION", new drm_set_version { drm_di_major = 1, drm_di_minor = 4, drm_dd_major = -1 });
        await CallAsync(Master, "SET_CLIENT_CAP", new drm_set_client_cap { capability = (ulong)ClientCapability.UniversalPlanes, value = 1 });
        if (IsAtomic)
            await CallAsync(Master, "SET_CLIENT_CAP", new drm_set_client_cap { capability = (ulong)ClientCapability.Atomic, value = 1 });
        var all = await CallAsync(Master, "MODE_GETRESOURCES", new drm_mode_card_res
        {
            count_crtcs = MostIds,
            crtc_id_ptr = Room(MostIds * sizeof(uint)),
            count_connectors = MostIds,
            connector_id_ptr = Room(MostIds * sizeof(uint)),
            count_encoders = MostIds,
            encoder_id_ptr = Room(MostIds * sizeof(uint)),
        });
        Crtcs = await IdsAsync(all.crtc_id_ptr, all.count_crtcs);
        Connectors = await IdsAsync(all.connector_id_ptr, all.count_connectors);
        Encoders = await IdsAsync(all.encoder_id_ptr, all.count_encoders);
        Primaries = [.. Config.Crtcs.Select(c => c.Primary.Value)];
        Overlay = Config.Planes.FirstOrDefault(p => p.Type != PlaneType.Primary && p.IsFor(Config.Crtcs[0]))?.Id.Value ?? 0;
        GammaSize = (await CallAsync(Master, "MODE_GETCRTC", new drm_mode_crtc { crtc_id = Crtcs[0] })).gamma_size;
    }

    private async Task LightAsync()
    {
        var found = await CallAsync(Master, "MODE_GETCONNECTOR", new drm_mode_get_connector { connector_id = Connectors[0] });
        var size = Unsafe.SizeOf<drm_mode_modeinfo>();
        found = await CallAsync(Master, "MODE_GETCONNECTOR", new drm_mode_get_connector
        {
            connector_id = Connectors[0],
            count_modes = found.count_modes,
            modes_ptr = Room((int)found.count_modes * size),
        });
        Mode = MemoryMarshal.Read<drm_mode_modeinfo>(await _client.ReadAsync(found.modes_ptr, size));
        Buffer = await CreateAsync(Master, Mode.hdisplay, Mode.vdisplay);
        Framebuffer = await AddAsync(Master, Buffer);
        await CallAsync(Master, "MODE_SETCRTC", SetCrtc());
    }

    private async Task MakeAsync()
    {
        SmallBuffer = await CreateAsync(Master, 64, 64);
        Small = await AddAsync(Master, SmallBuffer);
        OtherFormat = await AddSeenAsync(Add2(Buffer) with { pixel_format = Fourcc.Rgb565 });
        var planar = Add2(SmallBuffer) with { pixel_format = Fourcc.Nv12, height = 32 };
        (planar.handles[1], planar.pitches[1], planar.offsets[1]) = (SmallBuffer.handle, SmallBuffer.pitch, SmallBuffer.pitch * 32);
        Planar = await AddSeenAsync(planar);
        Foreign = await AddAsync(Other, await CreateAsync(Other, Mode.hdisplay, Mode.vdisplay));
        ModeBlob = await BlobAsync(Master, Bytes(Mode));
        Zeros = await BlobAsync(Master, new byte[Unsafe.SizeOf<drm_mode_modeinfo>()]);
        ShortBlob = await BlobAsync(Master, new byte[60]);
        ForeignBlob = await BlobAsync(Other, new byte[8]);
    }

    private async Task LendAsync()
    {
        if (Crtcs.Length < 2 || Connectors.Length < 2)
            return;
        var lease = await CallAsync(Master, "MODE_CREATE_LEASE", new drm_mode_create_lease
        {
            object_ids = Put(Crtcs[1], Primaries[1], Connectors[1]),
            object_count = 3,
        });
        (Lessee, LesseeId) = ((int)lease.fd, lease.lessee_id);
        if (IsAtomic)
            await CallAsync(Lessee, "SET_CLIENT_CAP", new drm_set_client_cap { capability = (ulong)ClientCapability.Atomic, value = 1 });
    }

    private Task<drm_mode_create_dumb> CreateAsync(int file, uint width, uint height) =>
        CallAsync(file, "MODE_CREATE_DUMB", new drm_mode_create_dumb { width = width, height = height, bpp = 32 });

    private async Task<uint> AddAsync(int file, drm_mode_create_dumb buffer) => (await CallAsync(file, "MODE_ADDFB", Add(buffer))).fb_id;

    private async Task<uint> AddSeenAsync(drm_mode_fb_cmd2 add) =>
        Config.TakesUnseenFormats || Config.Planes.Any(p => p.Scans(add.pixel_format, 0)) ? (await CallAsync(Master, "MODE_ADDFB2", add)).fb_id : 0;

    private async Task<uint> BlobAsync(int file, byte[] bytes) => (await CallAsync(file, "MODE_CREATEPROPBLOB", new drm_mode_create_blob
    {
        data = Put<byte>(bytes),
        length = (uint)bytes.Length,
    })).blob_id;

    /// <summary>ADDFB of all of a buffer.</summary>
    public static drm_mode_fb_cmd Add(drm_mode_create_dumb buffer) =>
        new() { width = buffer.width, height = buffer.height, pitch = buffer.pitch, bpp = 32, depth = 24, handle = buffer.handle };

    /// <summary>ADDFB2 likewise.</summary>
    public static drm_mode_fb_cmd2 Add2(drm_mode_create_dumb buffer)
    {
        var add = new drm_mode_fb_cmd2 { width = buffer.width, height = buffer.height, pixel_format = Fourcc.Xrgb8888 };
        (add.handles[0], add.pitches[0]) = (buffer.handle, buffer.pitch);
        return add;
    }

    /// <summary>SETCRTC of what is lit.</summary>
    public drm_mode_crtc SetCrtc() => new()
    {
        crtc_id = Crtcs[0],
        fb_id = Framebuffer,
        set_connectors_ptr = Put(Connectors[0]),
        count_connectors = 1,
        mode = Mode,
        mode_valid = 1,
    };

    /// <summary>A request of one object.</summary>
    public drm_mode_atomic Atomic(uint of, params (Property Property, ulong Value)[] values)
    {
        var (ids, all) = (new uint[values.Length], new ulong[values.Length]);
        for (var i = 0; i < values.Length; i++)
            (ids[i], all[i]) = (values[i].Property.Id.Value, values[i].Value);
        return new drm_mode_atomic
        {
            count_objs = 1,
            objs_ptr = Put(of),
            count_props_ptr = Put((uint)values.Length),
            props_ptr = Put<uint>(ids),
            prop_values_ptr = Put<ulong>(all),
        };
    }
}
