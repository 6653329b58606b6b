using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Bridge.Transport;

/// <summary>
/// A card's file until it is open. Its client may be gone by then: whatever waits for what was closed waits for that. The reader thread's.
/// </summary>
internal sealed class OpeningFile : IReadable
{
    private readonly BridgeCore _core;
    private readonly BridgedFile _file;
    private readonly Action<Errno, string> _answer;
    private readonly ulong _key;
    private (ulong Order, ulong Id)? _ticket;

    /// <param name="answer">Once, with the name for the client's end.</param>
    public OpeningFile(BridgeCore core, BridgedFile file, Action<Errno, string> answer)
    {
        (_core, _file, _answer) = (core, file, answer);
        _key = core.Poller.AddForHangUp(file.Socket, this);
    }

    public void OnReadable()
    {
    }

    public void OnHangUp()
    {
        _core.Poller.Remove(_file.Socket, _key);
        _ticket ??= _core.Barrier.Begin(waits: true);
    }

    public void Finish(Reply<CardOpened> opened)
    {
        _core.Poller.Remove(_file.Socket, _key);
        if (opened.Value is { } card)
        {
            (_file.Actor, _file.View) = (card.File, card.View);
            _core.Serve(_file);
            _answer(Errno.None, _file.Name);
        }
        else
        {
            _file.Discard();
            _answer(opened.Errno, "");
        }

        // It is closed as any other that has hung up.
        if (_ticket is { } ticket)
            _core.Barrier.End(ticket, _core.Poller.ServeHangUps);
    }
}
