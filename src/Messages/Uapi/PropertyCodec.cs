using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace DrmActors.Messages.Uapi;

/// <summary>Properties: described, read and set.</summary>
internal static class PropertyCodec
{
    public static readonly ArgumentCodec GetProperty =
        new ArgumentCodec<drm_mode_get_property, ModeGetProperty, ModeProperty>(
            (in a, _) => new ModeGetProperty(new(a.prop_id)), EncodeProperty);

    public static readonly ArgumentCodec SetProperty =
        new ArgumentCodec<drm_mode_connector_set_property, ModeSetProperty, Done>(
            (in a, _) => new ModeSetProperty(new(a.connector_id), new(a.prop_id), a.value));

    public static readonly ArgumentCodec GetProperties =
        new ArgumentCodec<drm_mode_obj_get_properties, ModeObjGetProperties, ModeObjProperties>(
            (in a, _) => new ModeObjGetProperties(a.obj_id, (ObjectType)a.obj_type),
            (ref a, reply, memory) => WriteValues(memory, a.props_ptr, a.prop_values_ptr, ref a.count_props, reply.Properties));

    public static readonly ArgumentCodec SetObjectProperty =
        new ArgumentCodec<drm_mode_obj_set_property, ModeObjSetProperty, Done>(
            (in a, _) => new ModeObjSetProperty(a.obj_id, (ObjectType)a.obj_type, new(a.prop_id), a.value));

    /// <summary>The first properties, as many as fit, each id before its value.</summary>
    public static Errno WriteValues(
        IClientMemory memory, ulong ids, ulong values, ref uint count, ImmutableArray<PropertyValue> properties)
    {
        for (int i = 0; i < properties.Length && i < count; i++)
        {
            if (!memory.TryWriteArray(ids + ((ulong)i * sizeof(uint)), [properties[i].Property.Value])
                || !memory.TryWriteArray(values + ((ulong)i * sizeof(ulong)), [properties[i].Value]))
            {
                return Errno.EFAULT;
            }
        }

        count = (uint)properties.Length;
        return Errno.None;
    }

    private static Errno EncodeProperty(ref drm_mode_get_property a, ModeProperty reply, IClientMemory memory)
    {
        a.name = NameOf(reply.Name);
        a.flags = (uint)reply.Flags;
        if (memory.WriteWhatFits(a.values_ptr, ref a.count_values, reply.Values) != Errno.None)
        {
            return Errno.EFAULT;
        }

        // Only these kinds say how many names they have; a blob says that it has none, others leave the count alone.
        if ((reply.Flags & (PropertyFlags.Enum | PropertyFlags.Bitmask)) != PropertyFlags.None)
        {
            return EncodeEnums(ref a, reply.Enums, memory);
        }

        if (reply.Flags.HasFlag(PropertyFlags.Blob))
        {
            a.count_enum_blobs = 0;
        }

        return Errno.None;
    }

    private static Errno EncodeEnums(ref drm_mode_get_property a, ImmutableArray<PropertyEnum> enums, IClientMemory memory)
    {
        for (int i = 0; i < enums.Length && i < a.count_enum_blobs; i++)
        {
            ulong address = a.enum_blob_ptr + ((ulong)i * (ulong)Unsafe.SizeOf<drm_mode_property_enum>());
            var entry = new drm_mode_property_enum { value = enums[i].Value, name = NameOf(enums[i].Name) };
            if (!memory.TryWriteArray(address, [entry]))
            {
                return Errno.EFAULT;
            }
        }

        a.count_enum_blobs = (uint)enums.Length;
        return Errno.None;
    }

    private static PropertyName NameOf(string text)
    {
        PropertyName name = default;
        Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(text.Length, Constants.DRM_PROP_NAME_LEN - 1)), name);
        return name;
    }
}
