using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>What a program asks of a card that it has just opened: VERSION, GET_UNIQUE, GET_CLIENT, GET_STATS, GET_CAP.</summary>
internal sealed record AskCall(int What) : WorkloadCall
{
    public static AskCall Draw(Seed seed) => new(Slots.Draw(seed));

    public override Task<Errno> RunAsync(WorkloadClient client) => (What % 5) switch
    {
        0 => client.ErrnoAsync(new GetVersion()),
        1 => client.ErrnoAsync(new GetUnique()),
        2 => client.ErrnoAsync(new GetClient(What % 2)),
        3 => client.ErrnoAsync(new GetStats()),
        _ => client.ErrnoAsync(new GetCap((Capability)(What % 0x16))),
    };
}

/// <param name="Minor">Of the interface's version; 5 and more are EINVAL.</param>
internal sealed record SetVersionCall(int Minor) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new SetVersion(1, Minor, -1, 0));
}

internal sealed record SetClientCapCall(ClientCapability Capability, ulong Value) : WorkloadCall
{
    private static readonly ClientCapability[] Capabilities =
        [ClientCapability.UniversalPlanes, ClientCapability.AspectRatio, ClientCapability.Stereo3D, ClientCapability.Atomic];

    public static SetClientCapCall Draw(Seed seed) => new(Capabilities[seed.Below(Capabilities.Length)], (ulong)seed.Below(3));

    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new SetClientCap(Capability, Value));
}

/// <param name="Length">Of the name; more than 64 letters are EINVAL.</param>
internal sealed record SetClientNameCall(int Length) : WorkloadCall
{
    public static SetClientNameCall Draw(Seed seed) => new(seed.Below(72));

    public override Task<Errno> RunAsync(WorkloadClient client) => client.ErrnoAsync(new SetClientName(new string('n', Length)));
}

internal sealed record GetCrtcCall(int Crtc) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts is { } facts ? await client.ErrnoAsync(new ModeGetCrtc(facts.Crtc(Crtc))) : Errno.EAGAIN;
}

internal sealed record GetEncoderCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var all = await client.CallAsync(new ModeGetResources());
        return all is { Ok: true, Value.Encoders: { IsEmpty: false } encoders }
            ? await client.ErrnoAsync(new ModeGetEncoder(encoders[Slot % encoders.Length]))
            : all.Errno;
    }
}

/// <summary>GETPLANERESOURCES, and GETPLANE of one.</summary>
internal sealed record GetPlanesCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var all = await client.CallAsync(new ModeGetPlaneResources());
        return all is { Ok: true, Value.Planes: { IsEmpty: false } planes }
            ? await client.ErrnoAsync(new ModeGetPlane(planes[Slot % planes.Length]))
            : all.Errno;
    }
}

/// <summary>GETPROPERTY of one of an object's own.</summary>
internal sealed record GetPropertyCall(int Object, int Property) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts?.Object(Object) is not { } of)
            return Errno.EAGAIN;
        var got = await client.CallAsync(new ModeObjGetProperties(of.Id, of.Type));
        return got is { Ok: true, Value.Properties: { IsEmpty: false } all }
            ? await client.ErrnoAsync(new ModeGetProperty(all[Property % all.Length].Property))
            : got.Errno;
    }
}
