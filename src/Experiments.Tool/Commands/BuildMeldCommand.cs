using System.CommandLine;
using System.Globalization;
using Experiments.Core.Results;
using Experiments.Datasets.Meld;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments data build-meld</c>.</summary>
internal static class BuildMeldCommand
{
    public static Command Create()
    {
        var annotations = new Option<string>("--annotations")
        {
            Description = "Folder with train_, dev_, test_sent_emo.csv and emotyda_meld.csv.", Required = true, HelpName = "folder",
        };
        var folder = new Option<string>("--out") { Description = "The store's folder; it must not exist, or be empty.", Required = true, HelpName = "folder" };
        var samples = new Option<int>("--samples") { Description = "Samples over all splits; 0 takes all (about 10,000, 8 GB).", DefaultValueFactory = _ => 2000 };
        var seed = new Option<long>("--seed") { Description = "Seed of the split, the choice of samples and the synthetic content.", DefaultValueFactory = _ => 0 };
        var features = new Option<MeldFeatures>("--features") { Description = "Which modalities." };
        var command = new Command("build-meld", """
            Makes MELD-DA from the real annotations: real utterances, labels and durations; video and audio content is synthetic and says so.

            Example: experiments data build-meld --annotations MELD/annotations --out data/meld-da
            """) { annotations, folder, samples, seed, features };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var options = new MeldOptions
                {
                    Samples = parsed.GetValue(samples) is > 0 and var count ? count : null,
                    Seed = parsed.GetValue(seed),
                    Features = parsed.GetValue(features),
                };
                try
                {
                    var report = MeldDataset.Build(
                        parsed.GetRequiredValue(annotations), parsed.GetRequiredValue(folder), options, cancellationToken: cancellationToken);
                    Write(report, parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Output);
                    return ExitCodes.Pass;
                }
                catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentOutOfRangeException)
                {
                    parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
                    return ExitCodes.BadUsage;
                }
            },
            cancellationToken));
        return command;
    }

    private static void Write(MeldReport report, string folder, TextWriter output)
    {
        foreach (var warning in report.Warnings)
            output.WriteLine($"warning: {warning}");
        foreach (var part in report.Synthetic)
            output.WriteLine($"synthetic: {part}");
        var splits = string.Join(", ", report.Samples.Select(split => $"{split.Value} {split.Key}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}: {splits}; {report.RowsRead} rows read, {report.Usable} usable; guessing the most frequent label is right in {report.DevMajorityShare:P1} of dev"));
    }
}
