using System.Text.RegularExpressions;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;

namespace Experiments.Definitions.Keys;

/// <summary>Every key of a definition, in the order in which people write and read them.</summary>
internal static partial class DefinitionKeys
{
    /// <summary>The axes that have a meaning of their own.</summary>
    public static IReadOnlyList<DefinitionKey> Axes { get; } =
    [
        new(AxisNames.Dataset, "", new TextKind("a dataset's name"), "Names of `datasets`. Required for a built-in `torchsharp` task; for the others without `datasets` any text."),
        new(AxisNames.NumWorkers, "", new IntegerKind(0, 1024), "Loader workers, as PyTorch counts them; 0 loads on the training thread."),
        new(AxisNames.PinMemory, "", new BooleanKind(), "Whether batches are assembled in page-locked memory."),
        new(AxisNames.PrefetchFactor, "", new IntegerKind(1, 1024), "Batches that each worker loads ahead."),
        new(AxisNames.PersistentWorkers, "", new BooleanKind(), "Whether workers outlive an epoch."),
        new(AxisNames.BatchSize, "", new IntegerKind(1), "Samples a batch; goes before `train.batch_size`."),
    ];

    /// <summary>The keys of the matrix that are no axes.</summary>
    public static IReadOnlyList<DefinitionKey> MatrixExceptions { get; } =
    [
        new(MatrixKind.Exclude, "", Kinds.AnyText, "Partial configurations; what matches all values of one of them is left out."),
        new(MatrixKind.Include, "", Kinds.AnyText, "Values to add to the configurations that they do not contradict, or whole configurations to add; as in GitHub Actions."),
    ];

    /// <summary>The top level.</summary>
    public static SectionKind Root { get; } = new(
        typeof(ExperimentDefinition),
        new("name", nameof(ExperimentDefinition.Name), new TextKind("a name", ExperimentName(), "use letters, digits, -, _ and ., a letter or digit first, at most 100"), "The experiment's name: its folder, its baseline, its MLflow experiment.") { IsRequired = true },
        new("train", nameof(ExperimentDefinition.Train), TrainKeys.Section, "What each trial runs; exactly one of `torchsharp`, `pytorch` and `command`.") { IsRequired = true },
        new("datasets", nameof(ExperimentDefinition.Datasets), DatasetMap(), "The datasets that the axis `dataset` names."),
        new("matrix", nameof(ExperimentDefinition.Matrix), new MatrixKind(), "The axes: lists of values by name, of which every combination is a configuration.") { IsRequired = true },
        new("repeats", nameof(ExperimentDefinition.Repeats), new IntegerKind(1, Planner.MaxRepeats), "Trials of each configuration."),
        new("seed", nameof(ExperimentDefinition.Seed), new IntegerKind(0), "Seed of the order of trials and of the trainings."),
        new("limits", nameof(ExperimentDefinition.Limits), new SectionKind(
            typeof(Limits),
            new("memory", nameof(Limits.Memory), Kinds.Memory, "Memory of a trial's whole process tree; a share is of what the machine has available.") { Default = "90%" },
            new("gpu_memory", nameof(Limits.GpuMemoryBytes), Kinds.Size, "GPU memory of a trial's processes, summed over its devices; not limited unless written."),
            new("processes", nameof(Limits.Processes), new IntegerKind(1, 1_000_000), "Processes of a trial that live at the same time: main, workers, and what they start; not limited unless written."),
            new("timeout", nameof(Limits.Timeout), Kinds.Timeout, "Wall time of a trial."),
            new("stall_timeout", nameof(Limits.StallTimeout), Kinds.Timeout, "Time without a step, or any other event, after which a trial hangs and is ended. Longer than its start and its longest evaluation.")), "What a single trial may use."),
        new("gates", nameof(ExperimentDefinition.Gates), GateKeys.Section, "The rules that make a sweep fail. A gate that is not written is not checked."),
        new("executor", nameof(ExperimentDefinition.Executor), ExecutorKeys.Section, "Where trials run. `--executor` goes before it.") { Default = "this machine" },
        new("mlflow", nameof(ExperimentDefinition.Mlflow), new SectionKind(
            typeof(MlflowTarget),
            new("experiment", nameof(MlflowTarget.Experiment), new TextKind("a name"), "The MLflow experiment.") { Default = "`name`" },
            new("tracking_uri", nameof(MlflowTarget.TrackingUri), new TextKind("an address", TrackingUri(), "write http://…, https://… or sqlite:///…") { MayHoldPassword = true }, "Where runs are recorded: `http://…`, `https://…` or `sqlite:///…`.") { Default = "`MLFLOW_TRACKING_URI`, else `sqlite:///mlflow.db`" }), "Where runs are recorded."),
        new("machine", nameof(ExperimentDefinition.Machine), new TextKind("a name", ExperimentName(), "use letters, digits, -, _ and ., a letter or digit first, at most 100"), "The pool that the machines of this definition are of, such as `ci-large`: baselines and history are the pool's, whatever its machines are made of.") { Default = "the machine's fingerprint" },
        new("source", nameof(ExperimentDefinition.Source), new PlaceKind(), "For programs that write definitions: the script and line that the experiment stands in. Messages point there, and baselines lie beside it."));

    /// <summary>The paths of the sections that have a key.</summary>
    public static IReadOnlyList<string> SectionsOf(string name) =>
        [.. All().Where(key => key.Key.Name == name && !key.Path.Contains('*', StringComparison.Ordinal)).Select(key => key.Path[..Math.Max(key.Path.LastIndexOf('.'), 0)])];

    /// <summary>Every key by path; <c>*</c> stands for a name that the user chooses.</summary>
    public static IEnumerable<(string Path, DefinitionKey Key)> All() => Under(Root, "");

    private static MapKind DatasetMap() => new(
        "a mapping of names to datasets", DatasetName(), "a dataset's name has letters, digits, -, _ and ., a letter or digit first, at most 100",
        new SectionKind(
            typeof(DatasetSource),
            new("path", nameof(DatasetSource.Path), Kinds.FilePath, "Folder of the feature store, relative to the definition. Either this or `synthetic`."),
            new("synthetic", nameof(DatasetSource.Synthetic), new WordKind([.. DatasetSource.Profiles]), "The profile of a dataset that is made when it is needed."),
            new("samples", nameof(DatasetSource.Samples), new IntegerKind(1, 10_000_000), "Samples of a synthetic dataset."))) { KeyProperty = nameof(DatasetSource.Name) };

    private static IEnumerable<(string Path, DefinitionKey Key)> Under(SectionKind section, string path)
    {
        foreach (var key in section.Keys)
        {
            var keyPath = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            yield return (keyPath, key);
            var below = key.Kind switch
            {
                SectionKind inner => Under(inner, keyPath),
                TextOrSectionKind inner => Under(inner.Section, keyPath),
                MapKind { Value: SectionKind inner } => Under(inner, keyPath + ".*"),
                MatrixKind => Axes.Concat(MatrixExceptions).Select(axis => ($"{keyPath}.{axis.Name}", axis)),
                _ => [],
            };
            foreach (var inner in below)
                yield return inner;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex ExperimentName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex DatasetName();

    [GeneratedRegex(@"\A(https?://[^\s/]+\S*|sqlite:///\S+)\z")]
    private static partial Regex TrackingUri();
}
