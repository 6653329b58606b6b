using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms.Tests;

/// <summary>Long random sequences of atomic requests, tests among them, answered as a slow and obvious model does, and leaving what it leaves.</summary>
public sealed class AtomicModelSpecs
{
    private const int Steps = 120;

    private static readonly ModeConfig Config = BuildConfig();

    private readonly Dictionary<Errno, int> _seen = [];

    [Theory]
    [InlineData(0, 60)]
    [InlineData(60, 120)]
    [InlineData(120, 180)]
    public void Requests_should_be_answered_as_the_model_does(int from, int to)
    {
        for (var seed = from; seed < to; seed++)
            Run(seed);

        // Not by refusing everything.
        Assert.All([Errno.None, Errno.EINVAL, Errno.ENOENT, Errno.ENOSPC, Errno.ERANGE], errno => Assert.True(_seen.GetValueOrDefault(errno) > 50, $"{errno}: {_seen.GetValueOrDefault(errno)}"));
    }

    private void Run(int seed)
    {
        var random = new Random(seed);
        var state = Prepare(out var framebuffers, out var blobs, out var modes);
        var model = new AtomicModel(Config, framebuffers, blobs, modes);
        var requests = new AtomicRequests(Config, random, [.. framebuffers.Keys], [.. blobs.Keys], [.. modes.Keys], model);
        for (var step = 0; step < Steps; step++)
        {
            var call = requests.Next();
            var isTest = random.Next(3) == 0;
            var errno = AtomicRequest.Parse(state, call, lease: null, out var draft, out _);
            if (errno == Errno.None)
                errno = CommitCheck.Check(draft);
            var where = $"seed {seed}, step {step}: {string.Join("; ", call.Objects.Select(o => $"{o.Id}: {string.Join(", ", o.Properties.Select(p => $"{Config.Find(p.Property)?.Name}={p.Value}"))}"))}";

            Assert.True(model.Try(call, apply: !isTest) is var expected && expected == errno, $"{where}: the model says {expected}, we say {errno}");
            Assert.Equal(errno, AtomicRequest.Test(state, call, lease: null).Errno);
            _seen[errno] = _seen.GetValueOrDefault(errno) + 1;
            if (errno == Errno.None && !isTest)
                state = draft.Build();
            Compare(state, model, where);
        }
    }

    private static void Compare(KmsState state, AtomicModel model, string where)
    {
        foreach (var of in Config.Planes.Concat<IModeObject>(Config.Crtcs).Concat(Config.Connectors))
        {
            var id = AtomicModel.IdOf(of);
            var values = PropertyQueries.OfObject(state, new(id, ObjectType.Any), atomic: true).Value!.Properties;
            foreach (var (property, value) in values)
            {
                var name = Config.Find(property)!.Name;
                Assert.True(model.Values[(id, name)] == value, $"{where}: {id}.{name} is {value} and in the model {model.Values[(id, name)]}");
            }
        }

        foreach (var crtc in Config.Crtcs)
        {
            Assert.Equal(Config.Planes.Where(p => state[p].Crtc == crtc.Id).Select(p => p.Index), state[crtc].Planes);
            Assert.Equal(Config.Connectors.Where(c => state[c].Crtc == crtc.Id).Select(c => c.Index), state[crtc].Connectors);
        }
    }

    private static KmsState Prepare(
        out Dictionary<ulong, (uint Width, uint Height, uint Format)> framebuffers, out Dictionary<ulong, byte[]> blobs, out Dictionary<ulong, ModeInfo> modes)
    {
        var state = KmsState.Reset(Config);
        (framebuffers, blobs, modes) = ([], [], []);
        foreach (var (width, height, format) in new[]
        {
            (1920u, 1080u, Fourcc.Xrgb8888), (1920u, 1080u, Fourcc.Argb8888), (2560u, 1440u, Fourcc.Xrgb8888), (64u, 64u, Fourcc.Argb8888), (1920u, 1080u, Fourcc.C8),
        })
        {
            state = state.WithFramebuffer(width, height, format, out var id);
            framebuffers[id.Value] = (width, height, format);
        }

        var clips = MemoryMarshal.AsBytes<int>([0, 0, 64, 64, 3, 4, 5, 6]).ToArray();
        var outside = MemoryMarshal.AsBytes<int>([0, 0, 3000, 64]).ToArray();
        foreach (var bytes in new[] { new byte[1024 * 8], new byte[256 * 8], new byte[72], new byte[32], [1, 2, 3], clips, outside })
        {
            state = BlobChanges.Create(state, TestBoard.File, [.. bytes], out var id);
            blobs[id.Value] = bytes;
        }

        foreach (var mode in new[] { TestBoard.FullHd, TestBoard.FullHd, TestBoard.Wqhd, TestBoard.Uhd })
        {
            var bytes = BlobContents.OfMode(mode);
            state = BlobChanges.Create(state, TestBoard.File, bytes, out var id);
            blobs[id.Value] = [.. bytes];
            modes[id.Value] = mode;
        }

        return state;
    }

    private static ModeConfig BuildConfig()
    {
        ImmutableArray<uint> formats = [Fourcc.Xrgb8888, Fourcc.Argb8888];
        var config = TestBoard.Build()
            .AddPlane(PlaneType.Overlay, 0b11, formats, out var overlay, new PlaneLimits(LeastScale: PlaneLimits.Unscaled / 2, GreatestScale: 2 * PlaneLimits.Unscaled))
            .AddPlane(PlaneType.Cursor, 0b01, [Fourcc.Argb8888], out var cursor)
            .AddProperty(OptionalProperties.Rotation(Rotation.Rotate0 | Rotation.Rotate90 | Rotation.ReflectX), out var rotation)
            .AddProperty(OptionalProperties.Zpos(0, 3), out var zpos)
            .AddProperty(OptionalProperties.Alpha(), out var alpha)
            .AddProperty(OptionalProperties.BlendMode(BlendMode.Premultiplied, BlendMode.Coverage), out var blend)
            .AddProperty(OptionalProperties.MaxBpc(8, 12), out var maxBpc)
            .AddProperty(OptionalProperties.ContentProtection(), out var protection)
            .AddProperty(OptionalProperties.HdmiColorspace(), out var colorspace)
            .Attach(overlay, rotation, (ulong)Rotation.Rotate0).Attach(overlay, zpos, 1).Attach(overlay, alpha, 0xffff).Attach(overlay, blend, 0)
            .Attach(overlay, StandardProperties.FbDamageClips, 0)
            .Attach(cursor, zpos, 2);
        config = config.AddConnector(ConnectorType.HdmiA, config.Connectors[0].Encoders, maxClock: 200_000, out _);
        config = config.AttachColorManagement(config.Crtcs[0].Id, 256);
        foreach (var connector in config.Connectors)
            config = config.Attach(connector.Id, maxBpc, 8).Attach(connector.Id, protection, 0).Attach(connector.Id, colorspace, 0)
                .Attach(connector.Id, StandardProperties.HdrOutputMetadata, 0);
        return config;
    }
}
