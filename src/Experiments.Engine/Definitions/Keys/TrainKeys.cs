using System.Text.RegularExpressions;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>The keys of <c>train</c>.</summary>
internal static partial class TrainKeys
{
    /// <summary>The section.</summary>
    public static SectionKind Section { get; } = new(
        new("torchsharp", new TextKind("a task's name"), "A task in C#: `utterance-fusion`, or the full name of a class in `assembly`."),
        new("pytorch", Kinds.FilePath, "A PyTorch script, run unchanged; relative to the definition."),
        new("command", new ListKind("a list of a program and its arguments", Kinds.AnyText, isEmptyAllowed: false), "Any program, with its first arguments; one with a `/` is relative to `working_directory`. `{axis}` is replaced."),
        new("args", new ListKind("a list of arguments", Kinds.AnyText, isEmptyAllowed: true), "Further arguments; `{axis}` is replaced.") { Tasks = [TaskNames.PyTorch, TaskNames.Command] },
        new("env", new MapKind("a mapping of environment variables", Kinds.EnvironmentName(), Kinds.EnvironmentNameAllowed, Kinds.AnyText), "Environment variables besides the inherited ones; `{axis}` is replaced."),
        new("working_directory", Kinds.FilePath, "Where the trial runs, relative to the definition.") { Default = "the definition's folder" },
        new("batch_size", new IntegerKind(1), "Samples a batch.") { Default = "64" },
        new("warmup_steps", new IntegerKind(0), "Steps at the start that are not measured.") { Default = "5" },
        new("steps", new IntegerKind(1), "Measured steps.") { Default = "60" },
        new("device", new TextKind("`auto`, `cpu`, `cuda` or `cuda:N`", Device(), "use auto, cpu, cuda or cuda:N, such as cuda:1"), "Where the model runs.") { Default = "auto" },
        new("assembly", Kinds.FilePath, "The user's assembly that holds the task, relative to the definition.") { Tasks = [TaskNames.TorchSharp] },
        new("evaluate", new BooleanKind(), "Whether accuracy on the dev split is measured after the last step.") { Default = "true", Tasks = [TaskNames.TorchSharp] },
        new("python", new TextKind("a program or path"), "The Python interpreter; one with a `/` is relative to the definition.") { Default = "the active environment's", Tasks = [TaskNames.PyTorch] },
        new("launcher", new ListKind("a list of a launcher and its options", Kinds.AnyText, isEmptyAllowed: false), "What starts the script in several processes, such as `[torchrun, --standalone, --nproc_per_node=2]` or `[accelerate, launch]`; `{axis}` is replaced.") { Tasks = [TaskNames.PyTorch] },
        new("probe", new SectionKind(
            new("loaders", new TextKind("`train`, `all` or `file.py:line`", Loaders(), "use train, all or file.py:line, such as data/utils.py:31"), "Which loaders are steered.") { Default = "train" },
            new("stop", new WordKind("after_steps", "at_end"), "Whether the script is ended after the measured steps or runs to its own end.") { Default = "after_steps" }), "How the script is measured and steered.") { Tasks = [TaskNames.PyTorch] },
        new("metrics", new MapKind("a mapping of metrics to regular expressions", MetricName(), "use letters, digits, _, -, ., / and spaces", new TextKind("a regular expression")), "Regular expressions over standard output by metric; the first group is the value.") { Tasks = [TaskNames.Command] });

    [GeneratedRegex(@"\A(auto|cpu|cuda(:[0-9]{1,3})?)\z")]
    private static partial Regex Device();

    [GeneratedRegex(@"\A(train|all|.+\.py:[1-9][0-9]*)\z")]
    private static partial Regex Loaders();

    // What MLflow allows; https://mlflow.org/docs/latest/api_reference/rest-api.html
    [GeneratedRegex(@"\A[A-Za-z0-9_./ -]{1,250}\z")]
    private static partial Regex MetricName();
}
