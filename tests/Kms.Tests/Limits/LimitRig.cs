using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms.Limits;
using DrmActors.Messages;

namespace DrmActors.Kms.Tests.Limits;

/// <summary>
/// Two CRTCs, of which the first has a primary plane, three overlays and a cursor that may be anywhere, scaled, turned and in any order; with
/// the first lit in 1080p (148,500 kHz at 60 Hz).
/// </summary>
internal sealed class LimitRig
{
    /// <summary>A modifier that the first overlay reads its first format in.</summary>
    public const ulong Tiled = 0x51;

    private const string Primary = "p", Cursor = "c";
    private KmsState _state;

    public LimitRig(LimitsDescription limits)
    {
        ImmutableArray<uint> formats = [Fourcc.Xrgb8888, Fourcc.Argb8888, Fourcc.Rgb565, Fourcc.Nv12];
        var anything = new PlaneLimits(LeastScale: 1 << 8, GreatestScale: 1 << 24);
        var config = new ModeConfig { MinWidth = 0, MinHeight = 0, MaxWidth = 8192, MaxHeight = 8192, Restriction = CommitLimits.Restriction(CommitLimits.Of(limits)) }
            .AddPlane(PlaneType.Primary, 0b01, formats, out var primary, anything)
            .AddCrtc(primary, 4096, 2160, 0, 0, out _)
            .AddPlane(PlaneType.Overlay, 0b01, formats, out _, anything, [new(0, ulong.MaxValue), new(Tiled, 1)])
            .AddPlane(PlaneType.Overlay, 0b01, formats, out _, anything)
            .AddPlane(PlaneType.Overlay, 0b01, formats, out _, anything)
            .AddPlane(PlaneType.Cursor, 0b01, formats, out _, anything)
            .AddPlane(PlaneType.Primary, 0b10, formats, out var other, anything)
            .AddCrtc(other, 4096, 2160, 0, 0, out _)
            .AddEncoder(EncoderType.Tmds, 0b01, out var first)
            .AddConnector(ConnectorType.HdmiA, [first], 0, out _)
            .AddEncoder(EncoderType.Tmds, 0b10, out var second)
            .AddConnector(ConnectorType.HdmiA, [second], 0, out _)
            .AddProperty(Property.OfRange(PropertyNames.Zpos, 0, 7), out var zpos);
        config = config.Planes.Aggregate(config, (c, p) => c.Attach(p.Id, zpos, p.Type == PlaneType.Primary ? 4u : 5));
        _state = KmsState.Reset(config).WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out var framebuffer);
        Framebuffer = framebuffer;
        // Without the limits: what they refuse is what comes behind.
        _state = _state with { Config = _state.Config with { Restriction = null } };
        Assert.Equal(Errno.None, SetCrtc(0, TestBoard.FullHd));
        _state = _state with { Config = _state.Config with { Restriction = config.Restriction } };
    }

    public FramebufferId Framebuffer { get; }

    public Errno SetCrtc(int crtc, ModeInfo? mode)
    {
        var config = _state.Config;
        var call = mode is null
            ? new ModeSetCrtc(config.Crtcs[crtc].Id, default, 0, 0, [], null)
            : TestBoard.Light(config.Crtcs[crtc].Id, Framebuffer, config.Connectors[crtc].Id, mode);
        return Builds.SetCrtc(_state, call, out _state);
    }

    /// <summary>"o0" and so on for an overlay, "p" and "c" for the other two.</summary>
    public Errno Show(
        string plane, uint width = 100, uint height = 100, uint format = Fourcc.Xrgb8888, uint targetWidth = 0, uint targetHeight = 0, int x = 0,
        uint sourceX = 0, uint? zpos = null, Rotation rotation = Rotation.Rotate0, ulong modifier = 0)
    {
        var of = Find(plane);
        var state = _state;
        var framebuffer = new Framebuffer(default, TestBoard.File, width + sourceX, height, format, modifier, FramebufferFlags.None, []);
        state = state.Add(framebuffer, out var id);
        var errno = Builds.Step(state, Draft, out state);
        _state = errno == Errno.None ? state : _state;
        return errno;

        Errno Draft(CommitDraft draft)
        {
            var change = draft.Touch(of);
            draft.Move(change, draft.Config.Crtcs[0]);
            change.New = change.New with
            {
                Framebuffer = draft.Old.Find(id),
                SrcX = sourceX << 16,
                SrcY = 0,
                SrcW = width << 16,
                SrcH = height << 16,
                CrtcX = x,
                CrtcY = 0,
                CrtcW = targetWidth == 0 ? width : targetWidth,
                CrtcH = targetHeight == 0 ? height : targetHeight,
                Zpos = zpos ?? change.New.Zpos,
                Rotation = rotation,
            };
            return CommitCheck.Check(draft);
        }
    }

    public Errno Hide(string plane) => Builds.SetPlane(_state, new ModeSetPlane(Find(plane).Id, default, default, 0, 0, 0, 0, 0, 0, 0, 0), out _state);

    private Plane Find(string plane) => plane switch
    {
        Primary => _state.Config.Planes[0],
        Cursor => _state.Config.Planes[4],
        _ => _state.Config.Planes[1 + plane[1] - '0'],
    };
}
