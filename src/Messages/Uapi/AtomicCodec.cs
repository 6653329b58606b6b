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
        int known = memory.ReadStart<uint>(a.objs_ptr, ids);
        int counted = memory.ReadStart<uint>(a.count_props_ptr, counts);
        int whole = Math.Min(known, counted);
        ulong count = 0;
        foreach (uint properties in counts.AsSpan(0, whole))
        {
            count += properties;
        }

        var names = new uint[Math.Min(count, Most)];
        var values = new ulong[names.Length];
        int named = memory.ReadStart<uint>(a.props_ptr, names);
        int readable = Math.Min(named, memory.ReadStart<ulong>(a.prop_values_ptr, values));
        var objects = ImmutableArray.CreateBuilder<AtomicObject>(ids.Length);
        int next = 0;
        for (int i = 0; i < whole; i++)
        {
            // Of what is cut, what comes before the cut.
            int has = (int)Math.Min(counts[i], (uint)(readable - next));
            var properties = ImmutableArray.CreateBuilder<PropertyValue>(has);
            for (int j = 0; j < has; j++, next++)
            {
                properties.Add(new PropertyValue(new PropertyId(names[next]), values[next]));
            }

            objects.Add(new AtomicObject(ids[i], properties.MoveToImmutable()));
            if ((uint)has != counts[i])
            {
                return call with { IsCut = true, Objects = objects.DrainToImmutable() };
            }
        }

        // An object is looked for before its count is read.
        if (whole < known)
        {
            objects.Add(new AtomicObject(ids[whole], []));
        }

        return call with { Objects = objects.DrainToImmutable(), IsCut = whole < ids.Length || a.count_objs > Most };
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
