using System.Globalization;
using System.Text;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// debugfs "state": planes, CRTCs and connectors of one snapshot. What a commit has changed ("mode_changed" and its like) is told of a commit on
/// its way only, and so is 0.
/// </summary>
internal static class StateText
{
    public static string Of(ServedCard card)
    {
        var text = new StringBuilder();
        var state = card.State;
        foreach (var plane in state.Config.Planes)
            Append(text, card, state, plane);
        foreach (var crtc in state.Config.Crtcs)
            Append(text, state, crtc);
        foreach (var connector in state.Config.PresentConnectors)
            Append(text, state, connector);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ServedCard card, KmsState all, Plane plane)
    {
        var state = all[plane];
        Line(text, $"plane[{plane.Id.Value}]: plane-{plane.Index}");
        Line(text, $"\tcrtc={NameOf(all, state.Crtc)}");
        Line(text, $"\tfb={state.Framebuffer?.Id.Value ?? 0}");
        if (state.Framebuffer is { } framebuffer)
            FramebufferText.Append(text, card, framebuffer, "\t\t");
        Line(text, $"\tcrtc-pos={state.CrtcW}x{state.CrtcH}{state.CrtcX:+0;-0;+0}{state.CrtcY:+0;-0;+0}");
        Line(text, $"\tsrc-pos={Fixed(state.SrcW)}x{Fixed(state.SrcH)}+{Fixed(state.SrcX)}+{Fixed(state.SrcY)}");
        Line(text, $"\trotation=1");
        Line(text, $"\tnormalized-zpos={ZposOf(all, plane):x}");
        Line(text, $"\tcolor-encoding=ITU-R BT.601 YCbCr");
        Line(text, $"\tcolor-range=YCbCr limited range");
    }

    private static void Append(StringBuilder text, KmsState all, Crtc crtc)
    {
        var state = all[crtc];
        Line(text, $"crtc[{crtc.Id.Value}]: crtc-{crtc.Index}");
        Line(text, $"\tenable={(state.Mode is null ? 0 : 1)}");
        Line(text, $"\tactive={(state.Active ? 1 : 0)}");
        foreach (var flag in (string[])["self_refresh_active", "planes_changed", "mode_changed", "active_changed", "connectors_changed", "color_mgmt_changed"])
            Line(text, $"\t{flag}=0");
        Line(text, $"\tplane_mask={Mask(all.Config.Planes.Where(p => all[p].Crtc == crtc.Id).Select(p => p.Index)):x}");
        var connectors = all.Config.Connectors.Where(c => all[c].Crtc == crtc.Id).ToList();
        Line(text, $"\tconnector_mask={Mask(connectors.Select(c => c.Index)):x}");
        Line(text, $"\tencoder_mask={Mask(connectors.Select(c => all.Config.Find(all[c].Encoder)).OfType<Kms.Encoder>().Select(e => e.Index)):x}");
        Line(text, $"\tmode: {ModeOf(state.Mode ?? new ModeInfo())}");
    }

    private static void Append(StringBuilder text, KmsState all, Connector connector)
    {
        var state = all[connector];
        var bpc = connector.Properties.FirstOrDefault(p => string.Equals(p.Property?.Name, PropertyNames.MaxBpc, StringComparison.Ordinal));
        Line(text, $"connector[{connector.Id.Value}]: {ServedCard.NameOf(connector)}");
        Line(text, $"\tcrtc={NameOf(all, state.Crtc)}");
        Line(text, $"\tself_refresh_aware=0");
        Line(text, $"\tmax_requested_bpc={state.MaxBpc ?? bpc.Initial}");
    }

    private static string NameOf(KmsState all, CrtcId id) => all.Config.Find(id) is { } crtc ? $"crtc-{crtc.Index}" : "(null)";

    // Planes that stand on one CRTC, counted from the lowest.
    private static int ZposOf(KmsState all, Plane plane) =>
        all.Config.NormalizeZpos && !all[plane].Crtc.IsNone
            ? all.Config.Planes.Count(p => p.Index < plane.Index && all[p].Crtc == all[plane].Crtc)
            : 0;

    private static string Fixed(uint value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value >> 16}.{((ulong)(value & 0xffff) * 1_000_000) >> 16:000000}");

    private static uint Mask(IEnumerable<int> bits) => bits.Aggregate(0u, (mask, bit) => mask | 1u << bit);

    private static FormattableString ModeOf(ModeInfo m) =>
        $"\"{m.Name}\": {m.VRefresh} {m.Clock} {m.HDisplay} {m.HSyncStart} {m.HSyncEnd} {m.HTotal} {m.VDisplay} {m.VSyncStart} {m.VSyncEnd} {m.VTotal} 0x{(uint)m.Type:x} 0x{(uint)m.Flags:x}";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
