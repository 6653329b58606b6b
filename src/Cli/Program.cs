using System.CommandLine;
using System.CommandLine.Invocation;
using DrmActors.Cli;
using DrmActors.Cli.Demo;

var root = new RootCommand("Virtual display cards in user space.") { DemoCommand.Create() };
var parsed = root.Parse(args);
if (parsed.Action is not ParseErrorAction wrong)
    return await parsed.InvokeAsync();
wrong.ShowHelp = false;
parsed.Invoke();
return ExitCodes.Usage;
