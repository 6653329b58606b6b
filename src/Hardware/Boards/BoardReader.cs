using System.Collections.Immutable;
using System.Numerics;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>The board file's keys, section by section; the components have <see cref="ComponentReader"/>.</summary>
internal static class BoardReader
{
    private const int PageSize = 4096;

    private static readonly Dictionary<string, DriverFeatures> Features = new(StringComparer.Ordinal)
    {
        ["gem"] = DriverFeatures.Gem,
        ["modeset"] = DriverFeatures.Modeset,
        ["prime"] = DriverFeatures.Prime,
        ["render"] = DriverFeatures.Render,
        ["atomic"] = DriverFeatures.Atomic,
        ["syncobj"] = DriverFeatures.Syncobj,
        ["syncobj-timeline"] = DriverFeatures.SyncobjTimeline,
    };

    private static readonly Dictionary<string, bool> Switch = new(StringComparer.Ordinal) { ["on"] = true, ["off"] = false };

    private static readonly Dictionary<string, FormatInfo> FirmwareFormats =
        FormatTable.All.Where(f => f is { IsYuv: false, Planes.Length: 1 }).ToDictionary(f => f.Name, StringComparer.Ordinal);

    internal static BoardDescription Read(BoardSection board, string file)
    {
        board.Only("description", "device", "driver", "mode-config", "memory", "firmware-framebuffer", "fbdev-console", "match-order", "components", "limits");
        var components = ComponentReader.ReadAll(board.Section("components"), file);
        return new BoardDescription(
            Path.GetFileNameWithoutExtension(file),
            board.Text("description"),
            board.Text("device"),
            Driver(board.Section("driver")),
            Limits(board.Section("mode-config")),
            Memory(board.Section("memory")),
            board.Has("firmware-framebuffer") ? Firmware(board.Section("firmware-framebuffer")) : null,
            board.OneOf("fbdev-console", Switch),
            MatchOrder(board, components),
            components)
        {
            Limits = board.Has("limits") ? LimitsReader.Read(board.Section("limits")) : LimitsDescription.None,
        };
    }

    private static DriverDescription Driver(BoardSection driver)
    {
        driver.Only("name", "description", "date", "major", "minor", "patchlevel", "features");
        var date = driver.Text("date", "a date as \"20140818\"");
        if (date.Length != 8 || !date.All(char.IsAsciiDigit)) throw driver.Broken("date", $"'{date}'", "a date as \"20140818\"");
        return new DriverDescription(
            driver.Text("name"),
            driver.Text("description"),
            date,
            (int)driver.Whole("major", 0, int.MaxValue),
            (int)driver.Whole("minor", 0, int.MaxValue),
            (int)driver.Whole("patchlevel", 0, int.MaxValue),
            driver.SomeOf("features", Features).Aggregate(DriverFeatures.None, (all, f) => all | f));
    }

    private static FramebufferLimits Limits(BoardSection limits)
    {
        limits.Only("min-width", "min-height", "max-width", "max-height");
        var (minWidth, minHeight) = (limits.Whole("min-width", 0, ushort.MaxValue), limits.Whole("min-height", 0, ushort.MaxValue));
        return new FramebufferLimits(
            minWidth,
            minHeight,
            limits.Whole("max-width", Math.Max(minWidth, 1), ushort.MaxValue),
            limits.Whole("max-height", Math.Max(minHeight, 1), ushort.MaxValue));
    }

    private static MemoryDescription Memory(BoardSection memory)
    {
        memory.Only("arena-size", "pitch-alignment");
        var alignment = memory.Whole("pitch-alignment", 1, PageSize);
        if (!BitOperations.IsPow2(alignment)) throw memory.Broken("pitch-alignment", $"'{alignment}'", $"a power of two up to {PageSize}");
        return new MemoryDescription(memory.Bytes("arena-size", PageSize), alignment);
    }

    private static FirmwareFramebuffer Firmware(BoardSection firmware)
    {
        firmware.Only("owner", "address", "width", "height", "pitch", "format");
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
        var order = board.SomeOf("match-order", components.ToDictionary(c => c.Name, c => c.Name, StringComparer.Ordinal));
        var missing = components.FirstOrDefault(c => !order.Contains(c.Name, StringComparer.Ordinal));
        return missing is null ? order : throw board.Broken("match-order", $"no '{missing.Name}'", "every component once");
    }
}
