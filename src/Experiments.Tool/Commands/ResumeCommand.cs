using System.CommandLine;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments resume</c>: <c>run --resume</c> under a name that is found.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to continue; default: the latest of each definition, if it was cut off.", HelpName = "id" };
        var changedCode = RunCommand.AllowChangedCode();
        var executor = new ExecutorOption();
        var output = new OutputOption();
        var ci = new CiOption();
        var command = new Command("resume", """
            Continues the sweep of each definition that was cut off; trials that ended are not run again. The same as run --resume. A definition or code that
            changed since is refused.

            Example: experiments resume experiments/meld-da.yaml
            """) { sweep, changedCode, executor, output, ci };
        arguments.AddFilesTo(command);
        command.SetAction((parsed, _) => RunCommand.RunAsync(parsed, arguments, output, new RunChoices(parsed.GetValue(sweep) ?? RunOptions.Latest, AllowChangedCode: parsed.GetValue(changedCode)) { Executor = parsed.GetValue(executor) }, ci));
        return command;
    }
}
