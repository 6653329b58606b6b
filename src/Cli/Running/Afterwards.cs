using DrmActors.Bridge;
using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Running;

/// <summary>What is looked at when the program has ended: whether it used a card at all, and what it left on the screen.</summary>
internal static class Afterwards
{
    // Of the program itself the order is seen to; what that starts is its own.
    private const string AddressSanitizer =
        "If what it starts has AddressSanitizer, start that with LD_PRELOAD=libasan.so.8:$LD_PRELOAD (the libasan that ldd names). ";

    public static async Task<int> CheckAsync(RunOptions options, ServedCards cards, int ended)
    {
        // What it held has been given back before anybody is told that it ended.
        await cards.Bridge.BarrierAsync();
        if (!options.AllowUnused && WhyUnused(options.Program[0], cards.Bridge.Use, ended) is { } why)
            return Stderr.Fail($"{why}, or accept that with --allow-unused.", ExitCodes.Unused);
        if (options.Out is not { } file)
            return ExitCodes.Success;
        if (await LastPicture.SaveAsync(cards.Host, file) || options.AllowUnused)
            return ExitCodes.Success;
        return Stderr.Fail($"{options.Program[0]} lit no screen: {file} is not written.", ExitCodes.Unused);
    }

    private static string? WhyUnused(string program, BridgeUse use, int ended) => use switch
    {
        { Loaded: 0 } => $"the client library ({BridgeServer.LibraryPath}) was not loaded into {program}: it saw no card. "
            + "See that nothing clears LD_PRELOAD, DRM_ACTORS_SOCKET and DRM_ACTORS_ROOT on its way, and what the dynamic linker says (LD_DEBUG=libs)",
        { Opened: 0 } => $"{program} opened no card. {(ended == ExitCodes.Success ? "" : AddressSanitizer)}See that it looks for one in /dev/dri (card0)",
        _ => null,
    };
}
