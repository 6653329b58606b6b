using System.Globalization;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Native;
using DrmActors.Hardware.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>open(2) of a card's node.</summary>
internal static class CardOpening
{
    private const int FirstRender = DeviceSetup.FirstRenderMinor;
    private const int AccessMode = 3;
    private const int Exclusive = 0x80;
    private const int Directory = 0x10000;
    private const int Create = 0x40;

    /// <summary>Null for another path.</summary>
    public static int? MinorOf(string path) =>
        Number(path, "/dev/dri/card") is { } minor and < FirstRender ? minor
        : Number(path, "/dev/dri/renderD") is { } render and >= FirstRender ? render
        : null;

    private static int? Number(string path, string before) =>
        path.StartsWith(before, StringComparison.Ordinal)
        && int.TryParse(path.AsSpan(before.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Waits for what was closed before, as who is master may hang on it.</summary>
    /// <param name="socket">Of the pair whose other end becomes the descriptor.</param>
    /// <param name="answer">Any thread; with the name for that end.</param>
    public static void Open(BridgeCore core, int minor, int flags, Sys.UCred caller, int socket, Action<Errno, string> answer)
    {
        var refused = (flags & Directory) != 0 ? Errno.ENOTDIR
            : (flags & Exclusive) != 0 ? (flags & Create) != 0 ? Errno.EEXIST : Errno.EBUSY
            : DescriptorReserve.Has(socket) ? Errno.EMFILE
            : Errno.None;
        if (refused != Errno.None)
        {
            Sys.Close(socket);
            answer(refused, "");
            return;
        }

        var file = new BridgedFile(core, minor, flags & AccessMode, socket);
        var call = new OpenCard(minor, new Credentials(caller.ProcessId, core.Options.UserId ?? (int)caller.UserId), file);
        // In this order: a client that is gone already is heard of when its open has its place among those that wait, or it would wait for itself.
        core.Poller.ServeHangUps();
        var opening = new OpeningFile(core, file, answer);
        core.Barrier.Run(() => core.Tell(
            core.Host.Supervisor, call, reply => core.Reader.Post(() => opening.Finish((Reply<CardOpened>)reply))));
    }
}
