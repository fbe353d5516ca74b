using System.CommandLine;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments resume</c>: <c>run --resume</c> under a name that is found.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to continue; default: the latest of each definition, if it was cut off.", HelpName = "id" };
        var failed = new Option<bool>("--failed") { Description = "Repeat the trials that failed or measured nothing, after a fix: of the latest sweep, if none is named, ended or not. The results say with which code each ran." };
        var maxTime = new MaxTimeOption();
        var noQueue = RunCommand.NoQueue();
        var changedCode = RunCommand.AllowChangedCode();
        var executor = new ExecutorOption();
        var output = new OutputOption();
        var ci = new CiOption();
        var overall = new OverallFiles();
        var command = new Command("resume", """
            Continues the sweep of each definition that was cut off; trials that ended are not run again. The same as run --resume. A definition or code that
            changed since is refused. With --failed, trials that failed or measured nothing run again, with the code as it is now.

            Examples:
              experiments resume experiments/meld-da.yaml
              experiments resume experiments/meld-da.yaml --failed
            """) { sweep, failed, changedCode, executor, maxTime, noQueue, output, ci };
        arguments.AddFilesTo(command);
        overall.AddTo(command);
        command.SetAction((parsed, _) => RunCommand.RunAsync(parsed, arguments, output, new RunChoices(parsed.GetValue(sweep) ?? RunOptions.Latest, AllowChangedCode: parsed.GetValue(changedCode), MaxTime: maxTime.Of(parsed), NoQueue: parsed.GetValue(noQueue), RepeatFailed: parsed.GetValue(failed)) { Executor = parsed.GetValue(executor) }, ci, overall));
        return command;
    }
}
