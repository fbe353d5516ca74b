using System.CommandLine;
using Experiments.Core.Results;
using Experiments.Datasets.Synthetic;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments data synthesize</c>.</summary>
internal static class SynthesizeCommand
{
    public static Command Create()
    {
        var profile = new Option<string>("--profile") { Description = "The dataset to imitate.", Required = true };
        profile.AcceptOnlyFromAmong([.. SyntheticProfiles.All.Select(each => each.Name)]);
        var samples = new Option<int>("--samples") { Description = "Samples over all splits.", DefaultValueFactory = _ => 512 };
        var seed = new Option<long>("--seed") { Description = "Equal seeds give equal bytes.", DefaultValueFactory = _ => 0 };
        var folder = new Option<string>("--out") { Description = "The store's folder; it must not exist, or be empty.", Required = true, HelpName = "folder" };
        var command = new Command("synthesize", """
            Makes a synthetic dataset of the shape of a real one: durations, classes and sizes drawn to match it; the content is synthetic.

            Example: experiments data synthesize --profile mintrec --samples 512 --out data/mintrec
            """) { profile, samples, seed, folder };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var options = new SyntheticOptions
                {
                    Profile = SyntheticProfiles.Find(parsed.GetRequiredValue(profile))!,
                    Samples = parsed.GetValue(samples),
                    Seed = parsed.GetValue(seed),
                };
                if (options.Samples < options.Profile.Classes.Count)
                {
                    parsed.InvocationConfiguration.Error.WriteLine($"--samples must be at least {options.Profile.Classes.Count}, one a class.");
                    return ExitCodes.BadUsage;
                }

                var target = parsed.GetRequiredValue(folder);
                SyntheticDataset.Create(options, target, cancellationToken: cancellationToken);
                parsed.InvocationConfiguration.Output.WriteLine($"{target}: {options.Samples} samples of {options.Profile.DatasetName}'s shape; everything in it is synthetic");
                return ExitCodes.Pass;
            },
            cancellationToken));
        return command;
    }
}
