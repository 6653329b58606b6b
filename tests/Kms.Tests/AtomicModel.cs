using DrmActors.Messages;

namespace DrmActors.Kms.Tests;

/// <summary>
/// A mode-setting device as one dictionary of property values by object and name. A request copies all of it, sets what it says, and checks
/// everything from the start: slow, and nothing to be forgotten.
/// </summary>
internal sealed class AtomicModel
{
    private readonly ModeConfig _config;
    private readonly Dictionary<ulong, (uint Width, uint Height, uint Format)> _framebuffers;
    private readonly Dictionary<ulong, byte[]> _blobs;
    private readonly Dictionary<ulong, ModeInfo> _modes;

    public AtomicModel(
        ModeConfig config,
        Dictionary<ulong, (uint Width, uint Height, uint Format)> framebuffers,
        Dictionary<ulong, byte[]> blobs,
        Dictionary<ulong, ModeInfo> modes)
    {
        (_config, _framebuffers, _blobs, _modes) = (config, framebuffers, blobs, modes);
        foreach (var of in config.Planes.Concat<IModeObject>(config.Crtcs).Concat(config.Connectors))
            foreach (var (property, initial) in of.Properties)
                Values[(IdOf(of), property.Name)] = property.Name == "IN_FENCE_FD" ? ulong.MaxValue : initial;
        foreach (var plane in config.Planes)
            Values[(plane.Id.Value, "alpha")] = Values.ContainsKey((plane.Id.Value, "alpha")) ? 0xfffful : 0;
    }

    public Dictionary<(uint Of, string Name), ulong> Values { get; private set; } = [];

    public Errno Try(ModeAtomic call, bool apply)
    {
        var next = new Dictionary<(uint Of, string Name), ulong>(Values);
        foreach (var plane in call.Objects.Select(o => _config.Find(o.Id)).OfType<Plane>().Where(p => p.Properties.Length > 0))
            if (call.Objects.Any(o => o.Id == plane.Id.Value && o.Properties.Length > 0))
                next[(plane.Id.Value, "FB_DAMAGE_CLIPS")] = 0;
        var errno = SetAll(call, next);
        if (errno == Errno.None)
            errno = CheckAll(next, call.Flags.HasFlag(AtomicFlags.AllowModeset));
        if (errno == Errno.None && apply)
            Values = next;
        return errno;
    }

    private Errno SetAll(ModeAtomic call, Dictionary<(uint Of, string Name), ulong> next)
    {
        foreach (var (id, properties) in call.Objects)
        {
            if (_config.Find(id) is not { } of || of.Properties.IsEmpty)
                return Errno.ENOENT;
            foreach (var (wanted, value) in properties)
            {
                var found = of.Properties.Where(p => p.Property.Id == wanted).Select(p => p.Property).FirstOrDefault();
                if (found is null)
                    return Errno.ENOENT;
                if (!Takes(of, found, value, next))
                    return Errno.EINVAL;
                if (found.Name is "OUT_FENCE_PTR" or "IN_FENCE_FD")
                    continue;
                next[(id, found.Name)] = found.Name == "link-status" ? Math.Min(value, next[(id, "link-status")]) : value;
            }
        }

        return Errno.None;
    }

    private bool Takes(IModeObject of, Property property, ulong value, Dictionary<(uint Of, string Name), ulong> now)
    {
        var (flags, values) = (property.Flags, property.Values);
        if (flags.HasFlag(PropertyFlags.Immutable))
            return false;
        if (flags.HasFlag(PropertyFlags.Range) && (value < values[0] || value > values[1]))
            return false;
        if (flags.HasFlag(PropertyFlags.SignedRange) && ((long)value < (long)values[0] || (long)value > (long)values[1]))
            return false;
        if (flags.HasFlag(PropertyFlags.Enum) && !values.Contains(value))
            return false;
        if (flags.HasFlag(PropertyFlags.Bitmask) && Enumerable.Range(0, 64).Any(bit => ((value >> bit) & 1) == 1 && !values.Contains((ulong)bit)))
            return false;
        if (flags.HasFlag(PropertyFlags.Blob) && value != 0 && !_blobs.ContainsKey(value))
            return false;
        if (property.Name is "FB_ID" && value != 0 && !_framebuffers.ContainsKey(value))
            return false;
        if (property.Name is "CRTC_ID" && value != 0 && _config.Crtcs.All(c => c.Id.Value != value))
            return false;
        var length = value == 0 || !_blobs.TryGetValue(value, out var bytes) ? 0 : bytes.Length;
        return property.Name switch
        {
            "IN_FENCE_FD" => value == ulong.MaxValue,
            "DPMS" => false,
            "Content Protection" => value != 2,
            "rotation" => Enumerable.Range(0, 4).Count(bit => ((value >> bit) & 1) == 1) == 1,
            "DEGAMMA_LUT" or "GAMMA_LUT" => length % 8 == 0,
            "CTM" => length is 0 or 72,
            "HDR_OUTPUT_METADATA" => length is 0 or 32,
            "FB_DAMAGE_CLIPS" => length % 16 == 0,
            "MODE_ID" => value == 0 || value == now[(IdOf(of), "MODE_ID")] || _modes.ContainsKey(value),
            _ => true,
        };
    }

    private Errno CheckAll(Dictionary<(uint Of, string Name), ulong> next, bool allowModeset)
    {
        foreach (var plane in _config.Planes)
            if (CheckPlane(plane, next) is var errno && errno != Errno.None)
                return errno;
        foreach (var crtc in _config.Crtcs)
        {
            var (active, mode) = (next[(crtc.Id.Value, "ACTIVE")], next[(crtc.Id.Value, "MODE_ID")]);
            if ((active == 1 && mode == 0) || (mode != 0) != ConnectorsOf(crtc, next).Any())
                return Errno.EINVAL;
        }

        var encoders = _config.Connectors.Where(c => CrtcOf(c.Id.Value, next) is not null).Select(c => (Connector: c, Encoder: Route(c, next))).ToList();
        if (encoders.Any(e => e.Encoder is null) || encoders.Select(e => e.Encoder).Distinct().Count() != encoders.Count)
            return Errno.EINVAL;
        foreach (var crtc in _config.Crtcs)
        {
            var fed = ConnectorsOf(crtc, next).Where(c => c.Type != ConnectorType.Writeback).Select(c => _config.Encoders.Single(e => e.Id == Route(c, next))).ToList();
            if (fed.Any(one => fed.Any(other => ((one.PossibleClones >> other.Index) & 1) == 0)))
                return Errno.EINVAL;
        }

        var modesets = _config.Crtcs.Where(c => NeedsModeset(c, next)).ToList();
        foreach (var crtc in _config.Crtcs)
            if (_modes.GetValueOrDefault(next[(crtc.Id.Value, "MODE_ID")]) is { } mode)
                if (mode.HDisplay > crtc.MaxWidth || mode.VDisplay > crtc.MaxHeight || ConnectorsOf(crtc, next).Any(c => c.MaxClock != 0 && mode.Clock > c.MaxClock))
                    return Errno.EINVAL;
        foreach (var plane in _config.Planes)
            if (CheckHardware(plane, next) is var errno && errno != Errno.None)
                return errno;
        foreach (var crtc in _config.Crtcs)
            if (!Fits(crtc, "GAMMA_LUT", next) || !Fits(crtc, "DEGAMMA_LUT", next))
                return Errno.EINVAL;
        if (!allowModeset && modesets.Count > 0)
            return Errno.EINVAL;
        foreach (var connector in _config.Connectors)
        {
            var (was, now) = (CrtcOf(connector.Id.Value, Values), CrtcOf(connector.Id.Value, next));
            if (was is not null && now is null)
                next[(connector.Id.Value, "DPMS")] = 3;
            else if (now is not null && modesets.Contains(now))
                next[(connector.Id.Value, "DPMS")] = next[(now.Id.Value, "ACTIVE")] == 1 ? 0ul : 3;
        }

        return Errno.None;
    }

    private Errno CheckPlane(Plane plane, Dictionary<(uint Of, string Name), ulong> next)
    {
        ulong Of(string name) => next[(plane.Id.Value, name)];
        if ((Of("FB_ID") == 0) != (Of("CRTC_ID") == 0))
            return Errno.EINVAL;
        if (Of("FB_ID") == 0)
            return Errno.None;
        var crtc = _config.Crtcs.Single(c => c.Id.Value == Of("CRTC_ID"));
        var (width, height, format) = _framebuffers[Of("FB_ID")];
        if (((plane.PossibleCrtcs >> crtc.Index) & 1) == 0 || !plane.Formats.Contains(format))
            return Errno.EINVAL;
        if ((long)Of("CRTC_X") + (long)Of("CRTC_W") > int.MaxValue || (long)Of("CRTC_Y") + (long)Of("CRTC_H") > int.MaxValue)
            return Errno.ERANGE;
        if (Of("SRC_X") + Of("SRC_W") > (ulong)width << 16 || Of("SRC_Y") + Of("SRC_H") > (ulong)height << 16)
            return Errno.ENOSPC;
        if (Of("FB_DAMAGE_CLIPS") != 0)
            foreach (var clip in _blobs[Of("FB_DAMAGE_CLIPS")].Chunk(16))
            {
                var at = Enumerable.Range(0, 4).Select(i => BitConverter.ToInt32(clip, i * 4)).ToArray();
                if (at[0] < 0 || at[1] < 0 || at[0] >= at[2] || at[1] >= at[3] || at[2] > width || at[3] > height)
                    return Errno.EINVAL;
            }

        var was = Values[(plane.Id.Value, "CRTC_ID")];
        return was != 0 && was != Of("CRTC_ID") ? Errno.EINVAL : Errno.None;
    }

    private Errno CheckHardware(Plane plane, Dictionary<(uint Of, string Name), ulong> next)
    {
        ulong Of(string name) => next[(plane.Id.Value, name)];
        if (Of("FB_ID") == 0)
            return Errno.None;
        var isTurned = next.TryGetValue((plane.Id.Value, "rotation"), out var rotation) && (rotation & 0b1010) != 0;
        var (wide, high) = isTurned ? (Of("SRC_H"), Of("SRC_W")) : (Of("SRC_W"), Of("SRC_H"));
        foreach (var (source, target) in new[] { (wide, Of("CRTC_W")), (high, Of("CRTC_H")) })
        {
            if (target == 0)
                continue;
            // In exact fractions: source over target against limits in 16.16, where 1 to 1 is 65536 source units a pixel.
            if (source < plane.Limits.LeastScale * target || source > plane.Limits.GreatestScale * target)
                return Errno.ERANGE;
        }

        if (!plane.Limits.Covers)
            return Errno.None;
        var mode = _modes.GetValueOrDefault(next[((uint)Of("CRTC_ID"), "MODE_ID")]);
        var covers = mode is not null && (long)Of("CRTC_X") <= 0 && (long)Of("CRTC_Y") <= 0
            && (long)Of("CRTC_X") + (long)Of("CRTC_W") >= mode.HDisplay && (long)Of("CRTC_Y") + (long)Of("CRTC_H") >= mode.VDisplay;
        return covers ? Errno.None : Errno.EINVAL;
    }

    private bool NeedsModeset(Crtc crtc, Dictionary<(uint Of, string Name), ulong> next)
    {
        string Wiring(Dictionary<(uint Of, string Name), ulong> values) => string.Join(',', ConnectorsOf(crtc, values).Select(c => c.Id.Value));
        var (was, now) = (_modes.GetValueOrDefault(Values[(crtc.Id.Value, "MODE_ID")]), _modes.GetValueOrDefault(next[(crtc.Id.Value, "MODE_ID")]));
        bool Differs(string name) => ConnectorsOf(crtc, Values).Any(c => next.GetValueOrDefault((c.Id.Value, name)) != Values.GetValueOrDefault((c.Id.Value, name)));
        return was?.Name != now?.Name
            || Values[(crtc.Id.Value, "ACTIVE")] != next[(crtc.Id.Value, "ACTIVE")]
            || Wiring(Values) != Wiring(next)
            || Differs("link-status") || Differs("max bpc");
    }

    private bool Fits(Crtc crtc, string name, Dictionary<(uint Of, string Name), ulong> next) =>
        !next.TryGetValue((crtc.Id.Value, name), out var lut) || lut == 0
        || _blobs[lut].Length == (int)next[(crtc.Id.Value, $"{name}_SIZE")] * 8;

    private EncoderId? Route(Connector connector, Dictionary<(uint Of, string Name), ulong> values)
    {
        var crtc = CrtcOf(connector.Id.Value, values)!;
        var able = connector.Encoders.Where(e => ((_config.Encoders.Single(x => x.Id == e).PossibleCrtcs >> crtc.Index) & 1) == 1).ToList();
        return able.Count == 0 ? null : able[0];
    }

    private IEnumerable<Connector> ConnectorsOf(Crtc crtc, Dictionary<(uint Of, string Name), ulong> values) =>
        _config.Connectors.Where(c => values[(c.Id.Value, "CRTC_ID")] == crtc.Id.Value);

    private Crtc? CrtcOf(uint of, Dictionary<(uint Of, string Name), ulong> values) =>
        _config.Crtcs.FirstOrDefault(c => c.Id.Value == values[(of, "CRTC_ID")]);

    public static uint IdOf(IModeObject of) => of switch
    {
        Plane plane => plane.Id.Value,
        Crtc crtc => crtc.Id.Value,
        Connector connector => connector.Id.Value,
        _ => 0,
    };
}
