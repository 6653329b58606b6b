using DrmActors.Messages;

namespace DrmActors.Kms.Tests;

/// <summary>Random requests of which about half make sense: some are a compositor's, some are those with a mistake, some are chance.</summary>
internal sealed class AtomicRequests(ModeConfig config, Random random, ulong[] framebuffers, ulong[] blobs, ulong[] modes, AtomicModel now)
{
    public ModeAtomic Next()
    {
        var objects = random.Next(8) switch
        {
            0 => Light(),
            1 => Dark(),
            2 or 3 => [Flip()],
            4 => [Place()],
            _ => Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyOf(Pick<IModeObject>([.. config.Planes, .. config.Crtcs, .. config.Connectors]))).ToList(),
        };
        if (random.Next(4) == 0)
            objects.Add(AnyOf(Pick<IModeObject>([.. config.Planes, .. config.Crtcs, .. config.Connectors])));
        if (random.Next(40) == 0)
            objects.Add(new AtomicObject(Pick<uint>([999_999u, config.Encoders[0].Id.Value, (uint)blobs[0]]), [new PropertyValue(new PropertyId(1), 0)]));
        return new ModeAtomic(random.Next(4) == 0 ? AtomicFlags.None : AtomicFlags.AllowModeset, [.. objects]);
    }

    private List<AtomicObject> Light()
    {
        var (crtc, connector) = (Pick<Crtc>([.. config.Crtcs]), Pick<Connector>([.. config.Connectors]));
        var (mode, size) = random.Next(4) == 0 ? (Pick(modes), (2560ul, 1440ul)) : (modes[0], (1920ul, 1080ul));
        return
        [
            Set(crtc, ("MODE_ID", mode), ("ACTIVE", (ulong)(random.Next(5) == 0 ? 0 : 1))),
            Set(connector, ("CRTC_ID", crtc.Id.Value)),
            Set(config.PrimaryOf(crtc), Rectangle(Pick(framebuffers), crtc.Id.Value, 0, 0, size.Item1, size.Item2)),
        ];
    }

    private List<AtomicObject> Dark()
    {
        var crtc = Pick<Crtc>([.. config.Crtcs]);
        List<AtomicObject> all = [Set(crtc, ("MODE_ID", 0), ("ACTIVE", 0))];
        foreach (var connector in config.Connectors)
            if (now.Values[(connector.Id.Value, "CRTC_ID")] == crtc.Id.Value && random.Next(8) != 0)
                all.Add(Set(connector, ("CRTC_ID", 0)));
        foreach (var plane in config.Planes)
            if (now.Values[(plane.Id.Value, "CRTC_ID")] == crtc.Id.Value && random.Next(8) != 0)
                all.Add(Set(plane, ("FB_ID", 0), ("CRTC_ID", 0)));
        return all;
    }

    private AtomicObject Flip() => Set(Pick<Plane>([.. config.Planes]), ("FB_ID", Pick(framebuffers)));

    private AtomicObject Place()
    {
        var side = Pick<ulong>([32ul, 64, 64, 64, 128, 10, 400]);
        var plane = Pick<Plane>([.. config.Planes.Where(p => p.Type != PlaneType.Primary)]);
        return Set(plane, Rectangle(Pick(framebuffers), Pick<Crtc>([.. config.Crtcs]).Id.Value, (ulong)random.Next(-40, 3000), (ulong)random.Next(-40, 3000), side, 64, 64));
    }

    private AtomicObject AnyOf(IModeObject of)
    {
        var values = new List<PropertyValue>();
        for (var i = random.Next(0, 4); i >= 0; i--)
        {
            var property = random.Next(30) == 0 ? Pick<Property>([.. config.Properties]) : Pick<AttachedProperty>([.. of.Properties]).Property;
            values.Add(new PropertyValue(property.Id, ValueFor(property)));
        }

        return new AtomicObject(AtomicModel.IdOf(of), [.. values]);
    }

    private ulong ValueFor(Property property) => random.Next(10) == 0 ? Pick<ulong>([0ul, 1, ulong.MaxValue, uint.MaxValue, int.MaxValue, 424_242])
        : property.Name == "MODE_ID" ? Pick(modes)
        : property.Name == "FB_ID" ? Pick(framebuffers)
        : property.Name == "CRTC_ID" ? Pick<ulong>([0, .. config.Crtcs.Select(c => (ulong)c.Id.Value)])
        : property.Flags.HasFlag(PropertyFlags.Blob) ? Pick<ulong>([0, .. blobs])
        : property.Flags.HasFlag(PropertyFlags.Enum) ? Pick<ulong>([.. property.Values])
        : property.Flags.HasFlag(PropertyFlags.Bitmask) ? 1ul << (int)Pick<ulong>([.. property.Values])
        : Pick<ulong>([0ul, 1, 2, 3, 64, 64 << 16, 1920, 1920 << 16, 1080, unchecked((ulong)-5)]);

    private static (string Name, ulong Value)[] Rectangle(
        ulong framebuffer, ulong crtc, ulong x, ulong y, ulong width, ulong height, ulong? source = null) =>
    [
        ("FB_ID", framebuffer), ("CRTC_ID", crtc), ("CRTC_X", x), ("CRTC_Y", y), ("CRTC_W", width), ("CRTC_H", height),
        ("SRC_X", 0), ("SRC_Y", 0), ("SRC_W", (source ?? width) << 16), ("SRC_H", height << 16),
    ];

    private static AtomicObject Set(IModeObject of, params (string Name, ulong Value)[] values) => new(
        AtomicModel.IdOf(of), [.. values.Select(v => new PropertyValue(of.Properties.Single(p => p.Property.Name == v.Name).Property.Id, v.Value))]);

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
