using System.Collections.Immutable;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>GETGAMMA.</summary>
/// <param name="Fitting">Of the CRTC's own size; else of another, which is EINVAL.</param>
internal sealed record GetGammaCall(int Crtc, bool Fitting) : WorkloadCall
{
    public static GetGammaCall Draw(Seed seed) => new(Slots.Draw(seed), !seed.OneIn(5));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts)
            return Errno.EAGAIN;
        var (crtc, size) = await GammaSizes.OfAsync(client, facts.Crtc(Crtc), Fitting);
        return await client.ErrnoAsync(new ModeGetGamma(crtc, size));
    }
}

/// <summary>SETGAMMA of a table that is dark, or bright, all over.</summary>
/// <inheritdoc cref="GetGammaCall"/>
internal sealed record SetGammaCall(int Crtc, bool Fitting, ushort Value) : WorkloadCall
{
    public static SetGammaCall Draw(Seed seed) => new(Slots.Draw(seed), !seed.OneIn(5), (ushort)seed.Below(ushort.MaxValue));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { } facts)
            return Errno.EAGAIN;
        var (crtc, size) = await GammaSizes.OfAsync(client, facts.Crtc(Crtc), Fitting);
        ImmutableArray<ushort> values = [.. Enumerable.Repeat(Value, (int)size)];
        return await client.ErrnoAsync(new ModeSetGamma(crtc, size, new GammaTable(values, values, values)));
    }
}

internal static class GammaSizes
{
    public static async Task<(CrtcId Crtc, uint Size)> OfAsync(WorkloadClient client, CrtcId crtc, bool fitting)
    {
        var size = (await client.CallAsync(new ModeGetCrtc(crtc))).Value?.GammaSize ?? 0;
        return (crtc, fitting ? size : size + 1);
    }
}
