using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing.Processes;

// The objects of the card, their properties, blobs, and leases.
internal sealed partial class RealClient
{
    private const int Most = 64;

    private uint[] _crtcs = [];
    private uint[] _connectors = [];
    private uint[] _encoders = [];
    private uint[] _planes = [];
    private drm_mode_modeinfo[] _modes = [];

    private static uint At(uint[] all, int slot) => all.Length == 0 ? AnyObject : all[(uint)slot % (uint)all.Length];

    // What does not change, but for modes of monitors that come and go.
    private void Learn()
    {
        Resources();
        Planes();
        _modes = [.. _connectors.SelectMany(c => Modes(c, probe: true)).OrderBy(m => m.hdisplay * m.vdisplay)];
    }

    private void Planes()
    {
        Span<uint> planes = stackalloc uint[Most];
        var get = new drm_mode_get_plane_res { plane_id_ptr = RealCalls.AddressOf(planes), count_planes = Most };
        if (_calls.Ioctl("MODE_GETPLANERESOURCES", ref get) == Errno.None)
            _planes = planes[..(int)Math.Min(get.count_planes, Most)].ToArray();
    }

    private void Resources()
    {
        Span<uint> encoders = stackalloc uint[Most];
        Span<uint> crtcs = stackalloc uint[Most];
        Span<uint> connectors = stackalloc uint[Most];
        var get = new drm_mode_card_res
        {
            crtc_id_ptr = RealCalls.AddressOf(crtcs),
            count_crtcs = Most,
            connector_id_ptr = RealCalls.AddressOf(connectors),
            count_connectors = Most,
            encoder_id_ptr = RealCalls.AddressOf(encoders),
            count_encoders = Most,
        };
        if (_calls.Ioctl("MODE_GETRESOURCES", ref get) != Errno.None)
            return;
        _crtcs = crtcs[..(int)Math.Min(get.count_crtcs, Most)].ToArray();
        _encoders = encoders[..(int)Math.Min(get.count_encoders, Most)].ToArray();
        _connectors = connectors[..(int)Math.Min(get.count_connectors, Most)].ToArray();
    }

    private drm_mode_modeinfo[] Modes(uint connector, bool probe)
    {
        Span<drm_mode_modeinfo> modes = stackalloc drm_mode_modeinfo[Most];
        var get = new drm_mode_get_connector { connector_id = connector };
        // No array for modes at all: the monitor is looked for.
        if (probe)
            _calls.Ioctl("MODE_GETCONNECTOR", ref get);
        get = new drm_mode_get_connector { connector_id = connector, modes_ptr = RealCalls.AddressOf(modes), count_modes = Most };
        return _calls.Ioctl("MODE_GETCONNECTOR", ref get) == Errno.None && get.count_modes <= Most ? modes[..(int)get.count_modes].ToArray() : [];
    }

    private drm_mode_modeinfo? SmallMode(int slot)
    {
        const int Few = 2;
        return _modes.Length == 0 ? null : _modes[(uint)slot % (uint)Math.Min(Few, _modes.Length)];
    }

    private drm_mode_modeinfo? ModeFor(SetCrtcCall set, RealFramebuffer framebuffer)
    {
        if (_modes.Length == 0)
            return null;
        var fitting = set.Fitting ? Array.FindLastIndex(_modes, m => m.hdisplay <= framebuffer.Width && m.vdisplay <= framebuffer.Height) : -1;
        return _modes[fitting >= 0 ? fitting : (int)((uint)set.Mode % (uint)_modes.Length)];
    }

    private uint AnyObjectOf(int slot) => At([.. _connectors, .. _crtcs, .. _planes], slot);

    private uint[] Properties(uint of)
    {
        Span<uint> properties = stackalloc uint[Most];
        Span<ulong> values = stackalloc ulong[Most];
        var get = new drm_mode_obj_get_properties
        {
            obj_id = of,
            props_ptr = RealCalls.AddressOf(properties),
            prop_values_ptr = RealCalls.AddressOf(values),
            count_props = Most,
        };
        return _calls.Ioctl("MODE_OBJ_GETPROPERTIES", ref get) == Errno.None ? properties[..(int)Math.Min(get.count_props, Most)].ToArray() : [];
    }

    private void SetProperty(SetPropertyCall call)
    {
        var of = AnyObjectOf(call.Object);
        var set = new drm_mode_obj_set_property { obj_id = of, prop_id = At(Properties(of), call.Property), value = call.Value };
        _calls.Ioctl("MODE_OBJ_SETPROPERTY", ref set);
    }

    private void SetProperty(uint connector, int property, ulong value)
    {
        var set = new drm_mode_connector_set_property { connector_id = connector, prop_id = At(Properties(connector), property), value = value };
        _calls.Ioctl("MODE_SETPROPERTY", ref set);
    }

    private void GetProperty(uint id)
    {
        var get = new drm_mode_get_property { prop_id = id };
        _calls.Ioctl("MODE_GETPROPERTY", ref get);
    }

    private void GetEncoder(uint id)
    {
        var get = new drm_mode_get_encoder { encoder_id = id };
        _calls.Ioctl("MODE_GETENCODER", ref get);
    }

    private void GetPlane(uint id)
    {
        Planes();
        var get = new drm_mode_get_plane { plane_id = id };
        _calls.Ioctl("MODE_GETPLANE", ref get);
    }

    private void CreateBlob(int length)
    {
        Span<byte> bytes = stackalloc byte[Math.Max(length, 1)];
        var create = new drm_mode_create_blob { data = RealCalls.AddressOf(bytes), length = (uint)length };
        if (_calls.Ioctl("MODE_CREATEPROPBLOB", ref create) == Errno.None)
            _blobs.Add(new HeldNumber(create.blob_id));
    }

    private void GetBlob(uint id)
    {
        var get = new drm_mode_get_blob { blob_id = id };
        _calls.Ioctl("MODE_GETPROPBLOB", ref get);
    }

    private void DestroyBlob(HeldNumber blob)
    {
        var id = blob.Value;
        _blobs.Remove(blob);
        _calls.Ioctl("MODE_DESTROYPROPBLOB", ref id);
    }

    private void Lease(LeaseCall call)
    {
        Span<uint> objects = stackalloc uint[3]
        {
            At(_crtcs, call.Crtc), At(_connectors, call.Connector), call.Instead == 0 ? At(_planes, call.Plane) : call.Instead,
        };
        var create = new drm_mode_create_lease
        {
            object_ids = RealCalls.AddressOf(objects),
            object_count = (uint)objects.Length,
            flags = (uint)LeaseFlags.CloseOnExec,
        };
        if (_calls.Ioctl("MODE_CREATE_LEASE", ref create) == Errno.None)
            _leases.Add(new RealLease(create.lessee_id, create.fd));
    }

    private void UseLease(RealLease lease)
    {
        Span<uint> objects = stackalloc uint[Most];
        var get = new drm_mode_get_lease { objects_ptr = RealCalls.AddressOf(objects), count_objects = Most };
        _calls.Ioctl("MODE_GET_LEASE", ref get, (int)lease.Fd);
    }

    private void EndLease(RealLease lease)
    {
        _leases.Remove(lease);
        _calls.Close((int)lease.Fd);
    }

    private void Revoke(RealLease lease)
    {
        var lessee = lease.Lessee;
        _calls.Ioctl("MODE_REVOKE_LEASE", ref lessee);
    }

    private void ListLessees()
    {
        Span<uint> lessees = stackalloc uint[Most];
        var list = new drm_mode_list_lessees { lessees_ptr = RealCalls.AddressOf(lessees), count_lessees = Most };
        _calls.Ioctl("MODE_LIST_LESSEES", ref list);
    }
}
