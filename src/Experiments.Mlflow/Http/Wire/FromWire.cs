using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Http.Wire;

/// <summary>Makes records of replies. Servers leave out what is empty.</summary>
internal static class FromWire
{
    public static MlflowExperiment Experiment(ExperimentMessage message) => new()
    {
        Id = message.ExperimentId ?? throw Incomplete("an experiment without an id"),
        Name = message.Name ?? "",
        ArtifactLocation = message.ArtifactLocation ?? "",
        Stage = Stages.Parse(message.LifecycleStage),
        CreationTimeMs = message.CreationTime,
        LastUpdateTimeMs = message.LastUpdateTime,
        Tags = message.Tags ?? [],
    };

    public static MlflowRun Run(RunMessage message)
    {
        var info = message.Info ?? throw Incomplete("a run without its info");
        return new MlflowRun
        {
            Id = info.RunId ?? throw Incomplete("a run without an id"),
            ExperimentId = info.ExperimentId ?? "",
            Name = info.RunName ?? "",
            User = info.UserId ?? "",
            Status = Stages.ParseStatus(info.Status),
            StartTimeMs = info.StartTime ?? 0,
            EndTimeMs = info.EndTime is null or 0 ? null : info.EndTime,
            ArtifactUri = info.ArtifactUri ?? "",
            Stage = Stages.Parse(info.LifecycleStage),
            Params = message.Data?.Params ?? [],
            Tags = message.Data?.Tags ?? [],
            LatestMetrics = [.. (message.Data?.Metrics ?? []).Select(Point)],
            Inputs = [.. (message.Inputs?.DatasetInputs ?? []).Where(input => input.Dataset is not null).Select(Input)],
        };
    }

    public static MetricPoint Point(MetricMessage message) => new(message.Key, message.Value, message.Timestamp, message.Step);

    public static ArtifactEntry File(FileMessage message)
    {
        var isFolder = message.IsDir ?? false;
        return new ArtifactEntry(message.Path ?? "", isFolder, isFolder ? null : message.FileSize ?? 0);
    }

    private static DatasetInput Input(DatasetInputMessage message) => new()
    {
        Name = message.Dataset!.Name ?? "",
        Digest = message.Dataset.Digest ?? "",
        SourceType = message.Dataset.SourceType ?? "",
        Source = message.Dataset.Source ?? "",
        Schema = message.Dataset.Schema,
        Profile = message.Dataset.Profile,
        Context = message.Tags?.FirstOrDefault(tag => tag.Key == MlflowTags.DataContext)?.Value,
    };

    private static MlflowException Incomplete(string what) => new(MlflowErrorCode.InvalidResponse, $"the server answered with {what}");
}
