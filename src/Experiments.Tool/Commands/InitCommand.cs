using System.CommandLine;
using Experiments.Core.Results;
using Experiments.Tool.Starting;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments init</c>.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The project's folder.", DefaultValueFactory = _ => "." };
        var command = new Command("init", """
            Writes a first definition, experiments/NAME.yaml, by looking at the project: a Python script that takes --num_workers, or a
            .csproj that uses TorchSharp; else one on synthetic data that runs as it is. An existing file is not touched.

            Example: experiments init && experiments run
            """) { folder };
        command.SetAction(parsed =>
        {
            var project = ProjectInspection.Look(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            var file = Path.Combine(project.Folder, "experiments", project.Name + ".yaml");
            var shown = Path.GetRelativePath(".", file);
            if (File.Exists(file))
            {
                parsed.InvocationConfiguration.Error.WriteLine($"{shown} is there already; it was not touched.");
                return ExitCodes.BadUsage;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, FirstDefinition.Write(project));
            parsed.InvocationConfiguration.Output.WriteLine($"{project.Reason}\nwrote {shown}; run it with: experiments run {shown}");
            return ExitCodes.Pass;
        });
        return command;
    }
}
