using System.CommandLine;
using System.CommandLine.Invocation;
using DrmActors.Cli;
using DrmActors.Cli.Control;
using DrmActors.Cli.Demo;
using DrmActors.Cli.Exploring;
using DrmActors.Cli.Running;
using DrmActors.Cli.Serve;
using DrmActors.Cli.Stressing;

var root = new RootCommand("Virtual display cards in user space.")
{
    DemoCommand.Create(), RunCommand.Create(), ServeCommand.Create(), EnvCommand.Create(),
    CtlCommand.Create(), ExploreCommand.Create(), ReplayCommand.Create(), StressCommand.Create(), StressClientCommand.Create(),
};
// An argument of a program may begin with "@", and is no file of ours.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Action is not ParseErrorAction wrong)
    return await parsed.InvokeAsync();
wrong.ShowHelp = false;
parsed.Invoke();
return ExitCodes.Usage;
