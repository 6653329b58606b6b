using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Boards;

/// <summary>Every key of the vocabulary in one board that nobody built, and what it comes to.</summary>
public sealed class VocabularyTests
{
    private const string Text = """
        description = everything, device = thing, fbdev-console = off, match-order = [a, b, x, y]
        driver { name = thing, model = virtual, description = d, date = "20240101", major = 1, minor = 2, patchlevel = 3, features = [gem, modeset] }
        mode-config { min-width = 1, min-height = 1, max-width = 99, max-height = 99, cursor-width = 32, cursor-height = 16, async-page-flip = on, page-flip-target = on, dirty = off }
        memory { arena-size = 1MiB, pitch-alignment = 1 }
        components {
          a {
            kind = vop, max-width = 10, max-height = 10, max-pixel-clock = 7, gamma-size = 16, degamma-size = 8, ctm = on, scaling-filter = on, background-color = on, vblank = off, first-vblank = 4294967295
            windows {
              p {
                type = primary
                formats = [XRGB8888, NV12]
                modifiers = [LINEAR, "0x100000000000001"]
                possible-crtcs = [a, b]
                positionable = on
                max-upscale = 1.5
                max-downscale = 4
                rotations = [rotate-0, rotate-90]
                zpos = 3
                zpos-min = 1
                zpos-max = 7
                alpha = on
                blend-modes = [none, premultiplied]
                encodings = [bt709, bt601]
                ranges = [full, limited]
                scaling-filter = on
                damage-clips = on
                hotspot = on
              }
              fixed { type = overlay, formats = [XRGB8888], zpos = 9 }
              reaching { type = overlay, formats = [XRGB8888], zpos = 9, zpos-max = 12 }
            }
          }
          b { kind = vop, max-width = 10, max-height = 10, gamma-size = 0, windows { p { type = primary, formats = [RGB565] } } }
          x {
            kind = output, encoder = lvds, max-pixel-clock = 5, possible-crtcs = [a], clones = [y]
            connector {
              type = LVDS, status = connected, edid = none, modes = ["1280x720@60", "640x480"], min-bpc = 6, max-bpc = 10, colorspace = on
              hdr-metadata = on, vrr-capable = off, content-type = on, aspect-ratio = on, panel-orientation = left-side-up, scaling-mode = on
              content-protection = on, privacy-screen = on, suggested-position = on, subconnector = dvi-d, path = "mst:30-1", dynamic = on, link-status = bad
            }
          }
          y { kind = output, encoder = dac, possible-crtcs = [a, b], connector { type = VGA, status = unknown, edid = builtin } }
        }
        limits {
          planes-per-crtc = 3, active-crtcs = 2, total-pixel-clock = 9, memory-bandwidth = 5MiB, max-upscale = 2, cursor-sizes = [64x64, 8x4]
          min-cursor = 1x2, max-cursor = 3x4, planes-per-format { NV12 = 1, RGB565 = 0 }, primary-must-be-on = on, overlay-below-primary-only = on
          same-scaling = on, yuv-starts-even = on, yuv-not-reflected-y = on, tiled-from-the-corner = on
        }
        """;

    private static readonly BoardDescription Board = BoardLoader.Parse(Text, "everything.conf");

    [Fact]
    public void Device_should_be_what_the_file_says()
    {
        Assert.Equal(("thing", "virtual"), (Board.Driver.Name, Board.Driver.Model));
        Assert.Equal(
            new DisplayDescription { CursorWidth = 32, CursorHeight = 16, AsyncPageFlip = true, PageFlipTarget = true, TakesDamage = false }, Board.Display);
    }

    [Fact]
    public void Crtc_should_be_what_the_file_says()
    {
        var vop = (VopDescription)Board.Component("a");
        Assert.Equal((uint.MaxValue, true), (vop.FirstVblank, vop.HasBackgroundColor));
        Assert.Equal((7u, 16u, 8u, true, true, false), (vop.MaxPixelClock, vop.GammaSize, vop.DegammaSize, vop.HasCtm, vop.HasScalingFilter, vop.HasVblank));
        vop = (VopDescription)Board.Component("b");
        Assert.Equal((0u, 0u, false, false, true), (vop.MaxPixelClock, vop.DegammaSize, vop.HasCtm, vop.HasScalingFilter, vop.HasVblank));
    }

    [Fact]
    public void Window_should_be_what_the_file_says()
    {
        var window = ((VopDescription)Board.Component("a")).Windows[0];
        Assert.Equal([0, 0x100000000000001ul], window.Modifiers.Select(m => m.Code));
        Assert.Equal(["a", "b"], window.PossibleCrtcs.ToArray());
        Assert.Equal(new ScaleRange(65536 * 2 / 3, 4 << 16), window.Scaling);
        Assert.Equal(Rotation.Rotate0 | Rotation.Rotate90, window.Rotations);
        Assert.Equal(new ZposDescription(3, 1, 7), window.Zpos);
        Assert.Equal([BlendMode.None, BlendMode.Premultiplied], window.BlendModes.ToArray());
        Assert.Equal([ColorEncoding.Bt709, ColorEncoding.Bt601], window.Encodings.ToArray());
        Assert.Equal([ColorRange.Full, ColorRange.Limited], window.Ranges.ToArray());
        Assert.Equal(
            (true, true, true, true, true),
            (window.IsPositionable, window.HasAlpha, window.HasScalingFilter, window.HasDamageClips, window.HasHotspot));
    }

    [Fact]
    public void Zpos_should_be_fixed_where_nobody_says_how_far_it_goes()
    {
        var windows = ((VopDescription)Board.Component("a")).Windows;
        Assert.Equal((new ZposDescription(9, 9, 9), true), (windows[1].Zpos, windows[1].Zpos!.IsFixed));
        Assert.Equal(new ZposDescription(9, 0, 12), windows[2].Zpos);
    }

    [Fact]
    public void Window_that_says_nothing_should_be_able_to_do_nothing()
    {
        var window = ((VopDescription)Board.Component("b")).Windows[0];
        Assert.Equal([ModifierDescription.Linear], window.Modifiers.ToArray());
        Assert.Equal((null, ScaleRange.Unscaled, default(Rotation), null), (window.IsPositionable, window.Scaling, window.Rotations, window.Zpos));
        Assert.True(window.BlendModes.IsEmpty && window.Encodings.IsEmpty && window.Ranges.IsEmpty && window.PossibleCrtcs.IsEmpty);
    }

    [Fact]
    public void Output_should_be_what_the_file_says()
    {
        var output = (OutputDescription)Board.Component("x");
        Assert.Equal((EncoderType.Lvds, 5u, ConnectorType.Lvds), (output.Encoder, output.MaxPixelClock, output.Connector.Type));
        Assert.Equal(["y"], output.Clones.ToArray());
        Assert.Equal(
            [("1280x720", ModeTypes.Driver | ModeTypes.Preferred), ("640x480", ModeTypes.Driver)],
            output.Connector.Modes.Select(m => ($"{m.HDisplay}x{m.VDisplay}", m.Type)));
        Assert.Equal(
            new ConnectorFeatures
            {
                MaxBpc = (6, 10),
                HasColorspace = true,
                HasHdrMetadata = true,
                IsVrrCapable = false,
                HasContentType = true,
                HasAspectRatio = true,
                Orientation = PanelOrientation.LeftSideUp,
                HasScalingMode = true,
                HasContentProtection = true,
                HasPrivacyScreen = true,
                HasSuggestedPosition = true,
                Subconnector = Subconnector.DviD,
                Path = "mst:30-1",
                IsDynamic = true,
                IsLinkBad = true,
            },
            output.Connector.Features);
        Assert.Equal(ConnectorFeatures.None, ((OutputDescription)Board.Component("y")).Connector.Features);
    }

    [Fact]
    public void Limits_should_be_what_the_file_says()
    {
        var limits = Board.Limits;
        Assert.Equal((3u, 2u, 9u, 5ul << 20), (limits.PlanesPerCrtc, limits.ActiveCrtcs, limits.TotalPixelClock, limits.MemoryBandwidth));
        Assert.Equal(new ScaleRange(1 << 15, 1 << 16), limits.Scaling);
        Assert.Equal([new PixelSize(64, 64), new PixelSize(8, 4)], limits.CursorSizes.ToArray());
        Assert.Equal((new PixelSize(1, 2), new PixelSize(3, 4)), (limits.LeastCursor, limits.GreatestCursor));
        Assert.Equal([(0x3231564eu, 1u), (0x36314752u, 0u)], limits.PlanesPerFormat.ToArray());
        Assert.True(limits.PrimaryMustBeOn && limits.OverlayBelowPrimaryOnly && limits.SameScaling);
        Assert.True(limits.YuvStartsEven && limits.YuvNotReflectedY && limits.TiledFromTheCorner);
    }
}
