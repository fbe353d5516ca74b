using System.Text.RegularExpressions;
using Experiments.Core.Definitions;

namespace Experiments.Definitions.Keys;

/// <summary>The keys of <c>train</c>.</summary>
internal static partial class TrainKeys
{
    /// <summary>The section.</summary>
    public static TaskKind Section { get; } = new(
        new("torchsharp", nameof(TorchSharpTask.Task), new TextKind("a task's name"), "A task in C#: `utterance-fusion`, or the full name of a class in `assembly`."),
        new("pytorch", nameof(PyTorchTask.Script), new TextOrSectionKind(Kinds.FilePath, new SectionKind(
            typeof(PyTorchTask),
            new DefinitionKey("module", nameof(PyTorchTask.Module), new TextKind("a module's name", Module(), "write it as python -m takes it, such as pkg.train"), "A module of a package, run as by `python -m` from `working_directory`.") { IsRequired = true }) { IsInline = true }), "A PyTorch script, run unchanged; relative to the definition. Or `{module: pkg.train}`."),
        new("command", nameof(CommandTask.Command), new ListKind("a list of a program and its arguments", Kinds.AnyText, isEmptyAllowed: false), "Any program, with its first arguments; one with a `/` is relative to `working_directory`. `{axis}` is replaced."),
        new("args", nameof(TrainingTask.Args), new ListKind("a list of arguments", Kinds.AnyText, isEmptyAllowed: true), "Further arguments; `{axis}` is replaced.") { Tasks = [TaskKind.PyTorch, TaskKind.Command] },
        new("env", nameof(TrainingTask.Env), new MapKind("a mapping of environment variables", Kinds.EnvironmentName(), Kinds.EnvironmentNameAllowed, Kinds.AnyText), "Environment variables besides the inherited ones; `{axis}` is replaced."),
        new("working_directory", nameof(TrainingTask.WorkingDirectory), Kinds.FilePath, "Where the trial runs, relative to the definition.") { Default = "the definition's folder" },
        new("setup", nameof(TrainingTask.Setup), new ListKind("a list of a program and its arguments", Kinds.AnyText, isEmptyAllowed: false), "Makes old code ready, once a commit, such as `[dotnet, build, -c, Release]`; for `gates.throughput.against` and `compare`."),
        new("share", nameof(TrainingTask.Share), new ListKind("a list of files and folders", Kinds.AnyText, isEmptyAllowed: false), "What is not in git and old code needs, relative to the definition, such as `[data, .venv]`."),
        new("batch_size", nameof(TrainingTask.BatchSize), new IntegerKind(1), "Samples a batch."),
        new("warmup_steps", nameof(TrainingTask.WarmupSteps), new IntegerKind(0), "Steps at the start that are not measured."),
        new("steps", nameof(TrainingTask.Steps), new StepsKind(), "Measured steps; `auto`: as many as take 3 s, at least 20.") { Default = "auto" },
        new("device", nameof(TrainingTask.Device), new TextKind("`auto`, `cpu`, `cuda` or `cuda:N`", Device(), "use auto, cpu, cuda or cuda:N, such as cuda:1"), "Where the model runs."),
        new("assembly", nameof(TorchSharpTask.Assembly), Kinds.FilePath, "The user's assembly that holds the task, relative to the definition.") { Tasks = [TaskKind.TorchSharp] },
        new("evaluate", nameof(TorchSharpTask.Evaluate), new BooleanKind(), "Whether accuracy on the dev split is measured after the last step.") { Tasks = [TaskKind.TorchSharp] },
        new("python", nameof(PyTorchTask.Python), new PathKind("a program or path") { IsProgram = true }, "The Python interpreter; one with a `/` is relative to the definition.") { Default = "the active environment's", Tasks = [TaskKind.PyTorch] },
        new("launcher", nameof(PyTorchTask.Launcher), new ListKind("a list of a launcher and its options", Kinds.AnyText, isEmptyAllowed: false), "What starts the script in several processes, such as `[torchrun, --standalone, --nproc_per_node=2]` or `[accelerate, launch]`; `{axis}` is replaced.") { Tasks = [TaskKind.PyTorch] },
        new("step", nameof(PyTorchTask.Step), new TextKind("`auto`, `batch` or `module:function`", Step(), "use auto, batch or module:function, such as my_package.loop:train_step"), "What a step is: what a backward pass or an optimizer's step ends; each batch, for scripts that train nothing; or what a call of the named function ends.") { Tasks = [TaskKind.PyTorch] },
        new("samples_per_step", nameof(PyTorchTask.SamplesPerStep), new IntegerKind(1), "Samples of a step of one process, where they cannot be counted.") { Default = "counted", Tasks = [TaskKind.PyTorch] },
        new("probe", "", new SectionKind(
            typeof(PyTorchTask),
            new("loaders", nameof(PyTorchTask.Loaders), new TextKind("`train`, `all` or `file.py:line`", Loaders(), "use train, all or file.py:line, such as data/utils.py:31"), "Which loaders are steered. Where it is written, they are steered even if an argument takes the setting.") { Mark = nameof(PyTorchTask.SteersDespiteArguments) },
            new("stop", nameof(PyTorchTask.StopAfterSteps), new WordKind("after_steps", "at_end") { IsFirstTrue = true }, "Whether the script is ended after the measured steps or runs to its own end.")) { IsInline = true }, "How the script is measured and steered.") { Tasks = [TaskKind.PyTorch] },
        new("metrics", nameof(CommandTask.Metrics), new MapKind("a mapping of metrics to regular expressions", MetricName(), "use letters, digits, _, -, ., / and spaces", new TextKind("a regular expression")), "Regular expressions over standard output by metric; the first group is the value.") { Tasks = [TaskKind.Command] });

    [GeneratedRegex(@"\A(auto|cpu|cuda(:[0-9]{1,3})?)\z")]
    private static partial Regex Device();

    [GeneratedRegex(@"\A(train|all|.+\.py:[1-9][0-9]*)\z")]
    private static partial Regex Loaders();

    [GeneratedRegex(@"\A[^\s./\\:-][^\s./\\:]*(\.[^\s./\\:-][^\s./\\:]*)*\z")]
    private static partial Regex Module();

    [GeneratedRegex(@"\A(auto|batch|[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_.]*)\z")]
    private static partial Regex Step();

    // What MLflow allows; https://mlflow.org/docs/latest/api_reference/rest-api.html
    [GeneratedRegex(@"\A[A-Za-z0-9_./ -]{1,250}\z")]
    private static partial Regex MetricName();
}
