using System.CommandLine;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments attach</c>.</summary>
internal static class AttachCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to attach to; default: the latest of each definition, if it is not finished.", HelpName = "id" };
        var changedCode = RunCommand.AllowChangedCode();
        var output = new OutputOption();
        var ci = new CiOption();
        var overall = new OverallFiles();
        var command = new Command("attach", """
            Takes the results of a sweep on Slurm that was left alone, waits for what still runs, judges it and reports. As resume, but Ctrl+C leaves the
            jobs alone. Works from any machine that sees the sweep's folder and has Slurm's commands.

            Example: experiments attach experiments/meld-da.yaml
            """) { sweep, changedCode, output, ci };
        arguments.AddFilesTo(command);
        overall.AddTo(command);
        command.SetAction((parsed, _) => RunCommand.RunAsync(
            parsed, arguments, output, new RunChoices(parsed.GetValue(sweep) ?? RunOptions.Latest, AllowChangedCode: parsed.GetValue(changedCode)) { Jobs = JobChoice.Attach }, ci, overall));
        return command;
    }
}
