using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads.Calls;

internal sealed record GetPropertiesCall(int Object) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Facts?.Object(Object) is { } of ? await client.ErrnoAsync(new ModeObjGetProperties(of.Id, of.Type)) : Errno.EAGAIN;
}

/// <summary>OBJ_SETPROPERTY of one of the object's own properties, also of those that nobody may set.</summary>
internal sealed record SetPropertyCall(int Object, int Property, ulong Value) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts?.Object(Object) is not { } of)
            return Errno.EAGAIN;
        var got = await client.CallAsync(new ModeObjGetProperties(of.Id, of.Type));
        if (got is not { Ok: true, Value.Properties: { IsEmpty: false } all })
            return got.Ok ? Errno.EAGAIN : got.Errno;
        return await client.ErrnoAsync(new ModeObjSetProperty(of.Id, of.Type, all[Property % all.Length].Property, Value));
    }
}

/// <summary>SETPROPERTY, which is of connectors only: DPMS, and what nobody may set.</summary>
internal sealed record SetConnectorPropertyCall(int Connector, int Property, ulong Value) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts)
            return Errno.EAGAIN;
        var connector = facts.Connector(Connector);
        var got = await client.CallAsync(new ModeObjGetProperties(connector.Value, ObjectType.Connector));
        return got is { Ok: true, Value.Properties: { IsEmpty: false } all }
            ? await client.ErrnoAsync(new ModeSetProperty(connector, all[Property % all.Length].Property, Value))
            : got.Errno;
    }
}

/// <param name="Bytes">0 is EINVAL.</param>
internal sealed record CreateBlobCall(int Bytes) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var reply = await client.CallAsync(new ModeCreatePropBlob([.. Enumerable.Repeat((byte)1, Bytes)]));
        if (reply.Ok)
        {
            var blob = new HeldNumber(reply.Value!.Blob.Value);
            client.Blobs.Add(blob);
            client.Board.Blobs.Add(blob);
        }

        return reply.Errno;
    }
}

internal sealed record GetBlobCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Board.Blobs.At(Slot) is { } blob ? await client.ErrnoAsync(new ModeGetPropBlob(new BlobId(blob.Value))) : Errno.EAGAIN;
}

internal sealed record DestroyBlobCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Blobs.At(Slot) is not { } blob)
            return Errno.EAGAIN;
        client.Blobs.Remove(blob);
        return await client.ErrnoAsync(new ModeDestroyPropBlob(new BlobId(blob.Value)));
    }
}

/// <summary>DESTROYPROPBLOB of what may be another file's, which is EPERM.</summary>
internal sealed record DestroyBlobAnyCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Board.Blobs.At(Slot) is { } blob ? await client.ErrnoAsync(new ModeDestroyPropBlob(new BlobId(blob.Value))) : Errno.EAGAIN;
}
