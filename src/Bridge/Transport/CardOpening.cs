using System.Globalization;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Native;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>open(2) of a card's node.</summary>
internal static class CardOpening
{
    private const string Folder = "/dev/dri/card";
    private const int AccessMode = 3;
    private const int Exclusive = 0x80;
    private const int Directory = 0x10000;
    private const int NonBlock = 0x800;
    private const int Create = 0x40;

    /// <summary>Null for another path.</summary>
    public static int? MinorOf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal)
        && int.TryParse(path.AsSpan(Folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? minor
            : null;

    /// <summary>Waits for what was closed before, as who is master may hang on it.</summary>
    /// <param name="answer">Any thread; the descriptor is the callee's to close.</param>
    public static void Open(BridgeCore core, int minor, int flags, Sys.UCred caller, Action<Errno, int> answer)
    {
        var refused = (flags & Directory) != 0 ? Errno.ENOTDIR
            : (flags & Exclusive) != 0 ? (flags & Create) != 0 ? Errno.EEXIST : Errno.EBUSY
            : Errno.None;
        if (refused != Errno.None)
        {
            answer(refused, -1);
            return;
        }

        var errno = BridgedFile.Create(core, minor, (flags & AccessMode) == 0, out var file);
        if (file is null)
        {
            answer(errno, -1);
            return;
        }

        if ((flags & NonBlock) != 0)
            SocketEnd.SetNonBlocking(file.Theirs);
        var call = new OpenCard(minor, new Credentials(caller.ProcessId, core.Options.UserId ?? (int)caller.UserId), file);
        CallDesk.AfterCloses(core, () => core.Tell(core.Host.Supervisor, call, reply =>
        {
            var opened = (Reply<CardOpened>)reply;
            if (opened.Value is not { } card)
            {
                file.Discard();
                answer(opened.Errno, -1);
                return;
            }

            (file.Actor, file.View) = (card.File, card.View);
            core.Serve(file);
            answer(Errno.None, file.Theirs);
        }));
    }
}
