using System.Collections.Immutable;
using System.CommandLine;
using DrmActors.Hosting.Control;

namespace DrmActors.Cli.Control;

/// <summary>The words of <c>drm ctl</c> and of scenarios: each a command of the parser that makes a <see cref="ControlCommand"/>.</summary>
/// <param name="folder">Where the files are that they name.</param>
/// <param name="does">Makes the command, which may find no file, and does something with it; returns the exit code.</param>
internal sealed class ControlWords(string folder, Func<ParseResult, Func<ControlCommand>, int> does)
{
    private readonly Option<int> _card = new("--card") { Description = "N of cardN.", HelpName = "N" };

    public IEnumerable<Command> All()
    {
        yield return Word("connectors", "Lists the connectors of all cards, and what is plugged in.", [], _ => new ListConnectors());
        yield return Hotplug();
        yield return Unplug();
        yield return AddConnector();
        yield return RemoveConnector();
        yield return Link();
        yield return Fail();
        yield return FailCommit();
        yield return HoldFlip();
        yield return LateVblank();
        yield return UnplugAtFlip();
        yield return Capture();
        yield return Word("clear-faults", "No ioctl is made to fail any more.", [], _ => new ClearFaults());
        yield return Board("pull-board", "Pulls a board out: its card is gone.", name => new PullBoard(name));
        yield return Board("put-board", "Puts in a board that was pulled out.", name => new PutBoard(name));
    }

    private Command Hotplug()
    {
        var connector = Connector();
        var edid = Edid();
        var modes = new Option<string[]>("--modes")
        {
            Description = "Of a monitor without an EDID, the best first: 1920x1080@60.",
            HelpName = "MODE",
            AllowMultipleArgumentsPerToken = true,
        };
        return Word("hotplug", "Plugs a monitor in.", [connector, edid, modes, _card], parsed => new PlugConnector(parsed.GetValue(connector)!)
        {
            Card = parsed.GetValue(_card),
            Edid = Bytes(parsed.GetValue(edid)),
            Modes = [.. parsed.GetValue(modes) ?? []],
        });
    }

    private Command Unplug()
    {
        var connector = Connector();
        return Word("unplug", "Pulls a monitor out.", [connector, _card], parsed => new UnplugConnector(parsed.GetValue(connector)!) { Card = parsed.GetValue(_card) });
    }

    private Command AddConnector()
    {
        var parent = Connector();
        var edid = Edid();
        return Word("add-connector", "A connector comes behind this one, as by DisplayPort MST.", [parent, edid, _card], parsed =>
            new AddConnector(parsed.GetValue(parent)!) { Card = parsed.GetValue(_card), Edid = Bytes(parsed.GetValue(edid)) });
    }

    private Command RemoveConnector()
    {
        var connector = Connector();
        return Word("remove-connector", "A connector that came goes again.", [connector, _card], parsed =>
            new RemoveConnector(parsed.GetValue(connector)!) { Card = parsed.GetValue(_card) });
    }

    private static Option<string?> Edid() => new("--edid") { Description = "What the monitor answers: a file, binary.", HelpName = "FILE" };

    private byte[]? Bytes(string? file) => file is null ? null : File.ReadAllBytes(Path.Combine(folder, file));

    private Command Link()
    {
        var connector = Connector();
        var state = new Argument<string>("STATE") { Description = "bad or good." };
        state.AcceptOnlyFromAmong("bad", "good");
        return Word("link", "The link of a connector fails, or works again.", [connector, state, _card], parsed =>
            new FailLink(parsed.GetValue(connector)!, parsed.GetValue(state) == "bad") { Card = parsed.GetValue(_card) });
    }

    private static Argument<string> Connector() => new("CONNECTOR") { Description = "As HDMI-A-1." };

    private Command Fail()
    {
        var ioctl = new Argument<string>("IOCTL") { Description = "As DRM_IOCTL_MODE_ATOMIC or MODE_ATOMIC." };
        var errno = new Argument<string>("ERRNO") { Description = "As EBUSY." };
        var card = new Option<int?>("--card") { Description = "N of cardN; else every card.", HelpName = "N" };
        var nth = new Option<int>("--nth") { Description = "The first call that fails, from now.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var times = new Option<int>("--times") { Description = "How many calls fail; 0 for no end.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var probability = new Option<double>("--probability") { Description = "Of each call from there on, 0 to 1.", DefaultValueFactory = _ => 1, HelpName = "P" };
        var seed = new Option<int>("--seed") { Description = "What the probability draws from.", HelpName = "N" };
        return Word("fail", "Makes an ioctl fail.", [ioctl, errno, card, nth, times, probability, seed], parsed =>
            new FailCalls(parsed.GetValue(ioctl)!, parsed.GetValue(errno)!)
            {
                Card = parsed.GetValue(card),
                Nth = parsed.GetValue(nth),
                Times = parsed.GetValue(times),
                Probability = parsed.GetValue(probability),
                Seed = parsed.GetValue(seed),
            });
    }

    private Command FailCommit()
    {
        var errno = new Argument<string>("ERRNO") { Description = "As EBUSY." };
        var nth = new Option<int>("--nth") { Description = "The first commit that fails, from now.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var times = Times("How many fail.");
        return Word("fail-commit", "Makes a commit fail that nothing else refuses.", [errno, nth, times, _card], parsed =>
            new FailCommit(parsed.GetValue(errno)!) { Card = parsed.GetValue(_card), Nth = parsed.GetValue(nth), Times = parsed.GetValue(times) });
    }

    private Command HoldFlip()
    {
        var crtc = Crtc();
        var times = Times("How many flips.");
        return Word("hold-flip", "The next flip never completes.", [crtc, times, _card], parsed =>
            new HoldFlip(parsed.GetValue(crtc)) { Card = parsed.GetValue(_card), Times = parsed.GetValue(times) });
    }

    private Command LateVblank()
    {
        var crtc = Crtc();
        var late = new Argument<double>("MILLISECONDS") { Description = "How late." };
        return Word("late-vblank", "The next vblank interrupt comes late.", [crtc, late, _card], parsed =>
            new LateVblank(parsed.GetValue(crtc), parsed.GetValue(late)) { Card = parsed.GetValue(_card) });
    }

    private Command UnplugAtFlip()
    {
        var connector = Connector();
        return Word("unplug-at-flip", "Pulls a monitor out in the middle of its next flip.", [connector, _card], parsed =>
            new UnplugAtFlip(parsed.GetValue(connector)!) { Card = parsed.GetValue(_card) });
    }

    private Command Capture()
    {
        var crtc = Crtc();
        var file = new Argument<string>("FILE") { Description = "A PNG." };
        return Word("capture", "Writes down what a screen shows.", [crtc, file, _card], parsed =>
            new CaptureScreen(parsed.GetValue(crtc), Path.GetFullPath(parsed.GetValue(file)!, folder)) { Card = parsed.GetValue(_card) });
    }

    private static Argument<int> Crtc() => new("CRTC") { Description = "Its index, from 0." };

    private static Option<int> Times(string description) => new("--times") { Description = description, DefaultValueFactory = _ => 1, HelpName = "N" };

    private Command Board(string word, string description, Func<string, ControlCommand> make)
    {
        var name = new Argument<string>("BOARD") { Description = "As rk3399." };
        return Word(word, description, [name], parsed => make(parsed.GetValue(name)!));
    }

    private Command Word(string word, string description, ImmutableArray<Symbol> symbols, Func<ParseResult, ControlCommand> make)
    {
        var command = new Command(word, description);
        foreach (var symbol in symbols)
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        command.SetAction(parsed => does(parsed, () => make(parsed)));
        return command;
    }
}
