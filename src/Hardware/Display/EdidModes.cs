using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>Which part of an EDID a mode comes from.</summary>
internal enum ModeSource
{
    Detailed,
    CvtCode,
    Standard,
    Established,
    Cta,

    /// <summary>The same format at the other of its two clocks, which no EDID names.</summary>
    CtaAlternate,
    DisplayId,
    Inferred,
}

/// <summary>All modes of an EDID in the order in which the kernel finds them, which decides between equal ones.</summary>
internal static class EdidModes
{
    internal static List<(ModeSource Source, ModeInfo Mode)> Probe(EdidImage edid)
    {
        var probed = new List<(ModeSource Source, ModeInfo Mode)>();
        Add(ModeSource.Detailed, Detailed(edid));
        Add(ModeSource.CvtCode, CvtCodes.Modes(edid));
        // One at a time: a standard timing is left out where the size and refresh are there already.
        foreach (var pair in StandardTiming.Of(edid))
            if (StandardTiming.Mode(edid, pair, probed.Select(found => found.Mode)) is { } mode) probed.Add((ModeSource.Standard, mode));
        Add(ModeSource.Established, Established(edid));
        Add(ModeSource.Cta, CtaVideo.Modes(CtaDataBlocks.Of(edid)));
        if (CtaDataBlocks.Any(edid)) Add(ModeSource.CtaAlternate, Alternates(probed.ConvertAll(found => found.Mode)));
        Add(ModeSource.DisplayId, DisplayId.Modes(edid));
        InferredModes.AddTo(edid, probed);
        return probed;

        void Add(ModeSource source, IEnumerable<ModeInfo> modes) => probed.AddRange(modes.Select(mode => (source, mode)));
    }

    private static IEnumerable<ModeInfo> Detailed(EdidImage edid)
    {
        var preferred = edid.FirstTimingIsPreferred;
        foreach (var descriptor in edid.DetailedTimings())
        {
            if (DetailedTiming.Read(descriptor) is not { } mode) continue;
            if (preferred) mode = mode with { Type = mode.Type | ModeTypes.Preferred };
            preferred = false;
            yield return CtaClocks.Exact(mode);
        }
    }

    private static IEnumerable<ModeInfo> Established(EdidImage edid)
    {
        var modes = EstablishedTimings.InBase(EstablishedTimings.Bits(edid.Base));
        return edid.Revision < 1
            ? modes
            : modes.Concat(edid.DisplayDescriptors(EstablishedTimings.DescriptorTag).SelectMany(EstablishedTimings.InDescriptor));
    }

    private static IEnumerable<ModeInfo> Alternates(IEnumerable<ModeInfo> modes)
    {
        foreach (var mode in modes)
        {
            if (CtaClocks.Match(mode) is not { } cta) continue;
            var alternate = CtaClocks.Alternate(cta);
            if (alternate == cta.Clock || (mode.Clock != cta.Clock && mode.Clock != alternate)) continue;
            yield return mode.Clock == cta.Clock ? ModeTimings.Named(cta with { Clock = alternate }) : cta;
        }
    }
}
