using System.Collections.Immutable;
using System.Numerics;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>The board file's keys, section by section; the components have <see cref="ComponentReader"/>.</summary>
internal static class BoardReader
{
    private const int PageSize = 4096;

    internal static readonly ImmutableArray<string> Keys =
    [
        "description", "device", "driver", "mode-config", "memory", "firmware-framebuffer", "fbdev-console", "match-order", "components", "limits",
    ];

    internal static readonly ImmutableArray<string> DriverKeys = ["name", "model", "description", "date", "major", "minor", "patchlevel", "features"];

    internal static readonly ImmutableArray<string> ModeConfigKeys =
    [
        "min-width", "min-height", "max-width", "max-height", "cursor-width", "cursor-height", "async-page-flip", "page-flip-target", "dirty",
    ];

    internal static readonly ImmutableArray<string> MemoryKeys = ["arena-size", "pitch-alignment", "limit"];

    internal static readonly ImmutableArray<string> FirmwareKeys = ["owner", "address", "width", "height", "pitch", "format"];

    private static readonly Dictionary<string, DriverFeatures> Features = new(StringComparer.Ordinal)
    {
        ["gem"] = DriverFeatures.Gem,
        ["modeset"] = DriverFeatures.Modeset,
        ["prime"] = DriverFeatures.Prime,
        ["render"] = DriverFeatures.Render,
        ["atomic"] = DriverFeatures.Atomic,
        ["syncobj"] = DriverFeatures.Syncobj,
        ["syncobj-timeline"] = DriverFeatures.SyncobjTimeline,
        ["vgem-fences"] = DriverFeatures.VgemFences,
    };

    private static readonly Dictionary<string, string> Models =
        new[] { "rockchip", "vkms", "virtual" }.ToDictionary(m => m, m => m, StringComparer.Ordinal);

    private static readonly Dictionary<string, FormatInfo> FirmwareFormats =
        FormatTable.All.Where(f => f is { IsYuv: false, Planes.Length: 1 }).ToDictionary(f => f.Name, StringComparer.Ordinal);

    internal static BoardDescription Read(BoardSection board, string file)
    {
        board.Only([.. Keys]);
        var section = board.Section("components");
        var driver = Driver(board.Section("driver"));
        var components = ComponentReader.ReadAll(section, file, driver.Features.HasFlag(DriverFeatures.Modeset));
        return new BoardDescription(
            Path.GetFileNameWithoutExtension(file),
            board.Text("description"),
            board.Text("device"),
            driver,
            Limits(board.Section("mode-config")),
            Memory(board.Section("memory")),
            board.Has("firmware-framebuffer") ? Firmware(board.Section("firmware-framebuffer")) : null,
            board.IsOn("fbdev-console", null),
            MatchOrder(board, components),
            components)
        {
            Display = Display(board.Section("mode-config")),
            Limits = board.Has("limits") ? LimitsReader.Read(board.Section("limits")) : LimitsDescription.None,
        };
    }

    private static DriverDescription Driver(BoardSection driver)
    {
        driver.Only([.. DriverKeys]);
        var date = driver.Text("date", "a date as \"20140818\"");
        if (date.Length != 8 || !date.All(char.IsAsciiDigit)) throw driver.Broken("date", $"'{date}'", "a date as \"20140818\"");
        return new DriverDescription(
            driver.Text("name"),
            driver.Text("description"),
            date,
            (int)driver.Whole("major", 0, int.MaxValue),
            (int)driver.Whole("minor", 0, int.MaxValue),
            (int)driver.Whole("patchlevel", 0, int.MaxValue),
            driver.SomeOf("features", Features).Aggregate(DriverFeatures.None, (all, f) => all | f))
        {
            Model = driver.Has("model") ? driver.OneOf("model", Models) : driver.Text("name"),
        };
    }

    private static FramebufferLimits Limits(BoardSection limits)
    {
        limits.Only([.. ModeConfigKeys]);
        var (minWidth, minHeight) = (limits.Whole("min-width", 0, ushort.MaxValue), limits.Whole("min-height", 0, ushort.MaxValue));
        return new FramebufferLimits(
            minWidth,
            minHeight,
            limits.Whole("max-width", Math.Max(minWidth, 1), ushort.MaxValue),
            limits.Whole("max-height", Math.Max(minHeight, 1), ushort.MaxValue));
    }

    private static DisplayDescription Display(BoardSection modeConfig) => new()
    {
        CursorWidth = modeConfig.OptionalWhole("cursor-width", 1, 4096),
        CursorHeight = modeConfig.OptionalWhole("cursor-height", 1, 4096),
        AsyncPageFlip = modeConfig.IsOn("async-page-flip"),
        PageFlipTarget = modeConfig.IsOn("page-flip-target"),
        TakesDamage = modeConfig.Has("dirty") ? modeConfig.IsOn("dirty") : null,
    };

    private static MemoryDescription Memory(BoardSection memory)
    {
        memory.Only([.. MemoryKeys]);
        var alignment = memory.Whole("pitch-alignment", 1, PageSize);
        if (!BitOperations.IsPow2(alignment)) throw memory.Broken("pitch-alignment", $"'{alignment}'", $"a power of two up to {PageSize}");
        return new MemoryDescription(memory.Bytes("arena-size", PageSize), alignment)
        {
            Limit = memory.Has("limit") ? memory.Bytes("limit", PageSize) : null,
        };
    }

    private static FirmwareFramebuffer Firmware(BoardSection firmware)
    {
        firmware.Only([.. FirmwareKeys]);
        var format = firmware.OneOf("format", FirmwareFormats);
        var width = firmware.Whole("width", 1, ushort.MaxValue);
        return new FirmwareFramebuffer(
            firmware.Text("owner"),
            firmware.Address("address"),
            width,
            firmware.Whole("height", 1, ushort.MaxValue),
            firmware.Whole("pitch", (uint)FormatTable.MinPitch(format, 0, width), int.MaxValue),
            format.Code);
    }

    private static ImmutableArray<string> MatchOrder(BoardSection board, ImmutableArray<ComponentDescription> components)
    {
        if (components.IsEmpty)
            return [];
        var order = board.SomeOf("match-order", components.ToDictionary(c => c.Name, c => c.Name, StringComparer.Ordinal));
        var missing = components.FirstOrDefault(c => !order.Contains(c.Name, StringComparer.Ordinal));
        return missing is null ? order : throw board.Broken("match-order", $"no '{missing.Name}'", "every component once");
    }
}
