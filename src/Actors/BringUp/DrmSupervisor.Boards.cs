using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

// Boards: on, off, and what dies in between.
internal sealed partial class DrmSupervisor
{
    private void Boot(BootBoard boot)
    {
        var name = boot.Board.Name;
        if (_shutdownAskers.Count > 0 || _boards.ContainsKey(name))
        {
            Sender.Tell(new BoardBooted(-1, Errno.EBUSY, ""));
            return;
        }

        if (_setup.DriverOf(boot.Board) is not { } driver)
        {
            Sender.Tell(new BoardBooted(-1, Errno.ENODEV, $"no driver {boot.Board.Driver.Name}"));
            return;
        }

        _boards.Add(name, new BoardEntry(boot, driver, Sender));
        // Before the kernel there was the firmware. One that still shows its picture from an earlier boot goes on.
        if (boot.Board.FirmwareFramebuffer is { } framebuffer && !_firmware.ContainsKey(name))
            _firmware[name] = Context.Watch(
                Context.ActorOf(FirmwareFramebufferActor.Props(name, framebuffer, _aperture), $"firmware-{name}"));
        else
            StartMaster(name);
    }

    private void StartMaster(string name)
    {
        if (!_boards.TryGetValue(name, out var board) || board.Master is not null || board.IsEnding)
            return;
        var setup = new MasterSetup(
            board.Request.Board, board.Driver, board.Request.Faults ?? BindFaults.None, _setup.Arena, _setup.Clock, _aperture);
        board.Master = Context.Watch(Context.ActorOf(ComponentMaster.Props(setup), $"master-{name}"));
    }

    private void Finish(BindFinished finished)
    {
        var board = _boards[finished.Board];
        var answer = new BoardBooted(finished.Minor, finished.Errno, finished.FailedStep);
        if (finished.Errno == Errno.None)
            board.Answer(answer);
        else
            board.Failure = answer;
    }

    private void Shutdown()
    {
        _shutdownAskers.Add(Sender);
        foreach (var firmware in _firmware.Values)
            Context.Stop(firmware);
        foreach (var board in _boards.Values.ToList())
            SwitchOff(board);
        KillLeftFiles();
        AnswerShutdown();
    }

    private void Unplug(string name)
    {
        if (!_boards.TryGetValue(name, out var board))
        {
            Sender.Tell(Reply<Done>.Failed(Errno.ENODEV));
            return;
        }

        board.Unpluggers.Add(Sender);
        SwitchOff(board);
    }

    private void SwitchOff(BoardEntry board)
    {
        if (board.Master is { } master)
        {
            master.Tell(UnbindBoard.Instance);
            return;
        }

        board.Failure = new BoardBooted(-1, Errno.ENODEV, "switched off");
        End(board);
    }

    private void Lose(IActorRef dead)
    {
        var card = _cards.FirstOrDefault(c => c.Value.Device.Equals(dead));
        var board = _boards.Values.FirstOrDefault(b => dead.Equals(b.Master));
        var firmware = _firmware.FirstOrDefault(f => f.Value.Equals(dead)).Key;
        if (card.Value is { } entry)
        {
            Withdraw(card.Key);
            _cards.Remove(card.Key);
            EndIfNothingIsLeft(entry.Board);
        }
        else if (board is not null)
        {
            End(board);
        }
        else if (firmware is not null)
        {
            _firmware.Remove(firmware);
            StartMaster(firmware);
        }

        AnswerShutdown();
    }

    // A master that has ended in good order has unplugged and put its card before; one that crashed has not.
    private void End(BoardEntry board)
    {
        board.IsEnding = true;
        foreach (var (minor, card) in _cards.Where(c => c.Value.Board == board && !c.Value.IsPut))
        {
            Withdraw(minor);
            card.Device.Tell(UnplugDevice.Instance);
        }

        KillLeftFiles();
        EndIfNothingIsLeft(board);
    }

    // A card goes when it is unplugged, unless somebody has it open: then it waits for that, but not when all is switched off.
    private void KillLeftFiles()
    {
        if (_shutdownAskers.Count == 0)
            return;
        foreach (var card in _cards.Values.Where(c => c.Board.IsEnding))
            card.Device.Tell(KillFiles.Instance);
    }

    private void EndIfNothingIsLeft(BoardEntry board)
    {
        if (!board.IsEnding || _cards.Values.Any(c => c.Board == board && !c.WasAnnounced))
            return;
        if (_boards.TryGetValue(board.Name, out var current) && current == board)
            _boards.Remove(board.Name);
        board.End(new BoardBooted(-1, Errno.EIO, "the component master ended"));
    }

    private void AnswerShutdown()
    {
        if (_shutdownAskers.Count == 0 || _boards.Count + _cards.Count + _firmware.Count > 0)
            return;
        foreach (var asker in _shutdownAskers)
            asker.Tell(BoardsDown.Instance);
        _shutdownAskers.Clear();
    }
}
