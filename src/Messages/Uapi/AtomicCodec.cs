using System.Collections.Immutable;

namespace DrmActors.Messages.Uapi;

/// <summary>Atomic commits: four arrays of a client that become objects with their properties.</summary>
internal static class AtomicCodec
{
    // As many objects, or properties, as a call can bring; no device has so many.
    private const uint Most = 4096;

    // "No fence", for a client that looks although the call has failed.
    private const int NoFence = -1;

    public static readonly ArgumentCodec Commit =
        new ArgumentCodec<drm_mode_atomic, ModeAtomic, AtomicDone>(DecodeCommit, EncodeFences);

    private static ModeAtomic DecodeCommit(in drm_mode_atomic a, IClientMemory memory)
    {
        var call = new ModeAtomic((AtomicFlags)a.flags, [], a.user_data, a.reserved);
        if (a.count_objs == 0)
        {
            return call;
        }

        var ids = new uint[Math.Min(a.count_objs, Most)];
        var counts = new uint[ids.Length];
        // Both are asked for before one that did not come along ends it.
        bool hasIds = memory.TryReadArray<uint>(a.objs_ptr, ids);
        bool hasCounts = memory.TryReadArray<uint>(a.count_props_ptr, counts);
        if (!hasIds || !hasCounts)
        {
            return call with { IsCut = true, Objects = hasIds ? [new AtomicObject(ids[0], [])] : [] };
        }

        ulong count = 0;
        foreach (uint properties in counts)
        {
            count += properties;
        }

        var names = new uint[Math.Min(count, Most)];
        var values = new ulong[names.Length];
        bool hasNames = memory.TryReadArray<uint>(a.props_ptr, names);
        bool hasValues = memory.TryReadArray<ulong>(a.prop_values_ptr, values);
        bool isReadable = hasNames && hasValues;
        var objects = ImmutableArray.CreateBuilder<AtomicObject>(ids.Length);
        int next = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            // Of what is cut, what comes before the cut.
            int has = isReadable ? (int)Math.Min(counts[i], (uint)(names.Length - next)) : 0;
            var properties = ImmutableArray.CreateBuilder<PropertyValue>(has);
            for (int j = 0; j < has; j++, next++)
            {
                properties.Add(new PropertyValue(new PropertyId(names[next]), values[next]));
            }

            objects.Add(new AtomicObject(ids[i], properties.MoveToImmutable()));
            if ((uint)has != counts[i])
            {
                return call with { IsCut = true, Objects = objects.ToImmutable() };
            }
        }

        return call with { Objects = objects.MoveToImmutable(), IsCut = a.count_objs > Most };
    }

    private static Errno EncodeFences(ref drm_mode_atomic a, AtomicDone reply, IClientMemory memory)
    {
        foreach (ulong address in reply.Fences)
        {
            if (!memory.TryWriteArray<int>(address, [NoFence]))
            {
                return Errno.EFAULT;
            }
        }

        return Errno.None;
    }
}
