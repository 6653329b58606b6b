using System.CommandLine;
using DrmActors.Cli.Native;

namespace DrmActors.Cli.Serving;

/// <summary>The options that <c>drm run</c> and <c>drm serve</c> share.</summary>
internal sealed class ServingArguments
{
    // Where the server runs as root, somebody who does not.
    private const int AnyUser = 1000;

    private readonly Option<string[]> _board = new("--board")
    {
        Description = "A board: a name (config/boards/NAME.conf) or a file. Several are card0, card1, ... [default: rk3399]",
        HelpName = "NAME|FILE",
    };

    private readonly Option<string?> _edid = new("--edid") { Description = "The first board's monitor: a file with its EDID, binary.", HelpName = "FILE" };
    private readonly Option<bool> _asRoot = new("--as-root") { Description = "Clients are taken for root." };
    private readonly Option<bool> _asUser = new("--as-user") { Description = "Clients are taken for a user without rights." };
    private readonly Option<bool> _trace = new("--trace") { Description = "Prints every call to the standard error, as strace does." };
    private readonly Option<string?> _traceJson = new("--trace-json") { Description = "Writes every call to a file, an object of JSON a line.", HelpName = "FILE" };

    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = "What happens to the boards: a file of lines \"TIME WORDS\", the words of drm ctl.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_board, _edid, _asRoot, _asUser, _trace, _traceJson, _scenario])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_asRoot) && result.GetValue(_asUser))
                result.AddError("--as-root, --as-user: found both; allowed: one of them");
        });
    }

    public ServingOptions Of(ParseResult parsed) => new(
        parsed.GetValue(_board) ?? [],
        parsed.GetValue(_edid),
        parsed.GetValue(_asRoot) ? 0 : parsed.GetValue(_asUser) ? User : null,
        parsed.GetValue(_trace),
        parsed.GetValue(_traceJson),
        parsed.GetValue(_scenario));

    private static int User => Posix.EffectiveUser is var user and not 0 ? (int)user : AnyUser;
}
