using Cake.Core.IO;
using Experiments.Core.Diagnostics;

namespace Cake.Experiments.Definitions;

/// <summary>
/// Describes an experiment in C#: a training task, the axes of its matrix, limits and gates. What is said here is written as a
/// definition file under <c>.experiments/definitions</c> when the experiment runs, and means what the same keys mean there.
/// </summary>
/// <example>
/// <code>
/// Experiment("meld-da", e => e
///     .TorchSharp("utterance-fusion")
///     .SyntheticDataset("MELD-DA", "meld-da", samples: 256)
///     .Dataset("MELD-DA").NumWorkers(0, 2, 4).PinMemory(false, true)
///     .Exclude(c => c.NumWorkers(0).PinMemory(true))
///     .BatchSize(64).WarmupSteps(5).Steps(60).Device("cpu")
///     .Repeats(3).Limit(memory: "12GiB", timeout: TimeSpan.FromMinutes(15))
///     .Gate(g => g.PeakMemory(max: "8GiB").Throughput(maxRegression: 0.05))
///     .Mlflow(experiment: "data-loading/meld-da"));
/// </code>
/// </example>
public sealed class ExperimentBuilder
{
    internal ExperimentBuilder(string name) => Content = new ExperimentContent { Name = name };

    internal ExperimentContent Content { get; }

    /// <summary>Trains a TorchSharp task.</summary>
    /// <param name="task">A built-in task (<c>utterance-fusion</c>), or the full name of a class in <paramref name="assembly"/>.</param>
    /// <param name="assembly">The assembly that holds the class; null for built-in tasks.</param>
    public ExperimentBuilder TorchSharp(string task, FilePath? assembly = null)
    {
        Train("torchsharp", task);
        if (assembly is not null)
            Content.TrainKeys["assembly"] = assembly;
        return this;
    }

    /// <summary>Trains with a PyTorch script, unchanged.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments.</param>
    public ExperimentBuilder PyTorch(FilePath script, Action<TrainingArguments>? arguments = null)
    {
        Train("pytorch", script);
        return arguments is null ? this : Arguments(arguments);
    }

    /// <summary>Trains with any program that appends step events to the file named by <c>EXPERIMENTS_EVENTS</c>.</summary>
    /// <param name="command">The program and its arguments; <c>{axis}</c> is replaced by the configuration's value.</param>
    public ExperimentBuilder Command(params string[] command)
    {
        Train("command", command);
        if (command.Length == 0)
            Content.Fault(DefinitionDiagnostics.MissingKey, "Command() names no program");
        return this;
    }

    /// <summary>Arguments of a PyTorch script or a command.</summary>
    /// <param name="arguments">Adds the arguments.</param>
    public ExperimentBuilder Arguments(Action<TrainingArguments> arguments)
    {
        var list = new TrainingArguments();
        arguments(list);
        return Set("args", list.Values.ToArray());
    }

    /// <summary>An environment variable of the trials.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value; <c>{axis}</c> is replaced.</param>
    public ExperimentBuilder EnvironmentVariable(string name, string value)
    {
        Content.Environment[name] = value;
        return this;
    }

    /// <summary>A metric that a command prints rather than reports.</summary>
    /// <param name="name">The metric's key, such as <c>train/loss</c>.</param>
    /// <param name="pattern">A regular expression over standard output; its first group is the value.</param>
    public ExperimentBuilder Metric(string name, string pattern)
    {
        Content.Metrics[name] = pattern;
        return this;
    }

    /// <summary>The trials' working directory; default: the build's.</summary>
    /// <param name="folder">The folder.</param>
    public ExperimentBuilder WorkingDirectory(DirectoryPath folder) => Set("working_directory", folder);

    /// <summary>The Python interpreter; default: the active environment's.</summary>
    /// <param name="interpreter">A path, or a name on PATH.</param>
    public ExperimentBuilder Python(string interpreter) => Set("python", interpreter);

    /// <summary>Which of a script's loaders are steered: <c>train</c> (the default), <c>all</c> or <c>file.py:line</c>.</summary>
    /// <param name="loaders">The loaders.</param>
    public ExperimentBuilder Loaders(string loaders) => Probe("loaders", loaders);

    /// <summary>Whether a PyTorch script is ended after the measured steps; default true.</summary>
    /// <param name="stop">False lets it run to its own end.</param>
    public ExperimentBuilder StopAfterSteps(bool stop) => Probe("stop", stop ? "after_steps" : "at_end");

    /// <summary>Whether a TorchSharp task is evaluated after its last step; default true.</summary>
    /// <param name="evaluate">False leaves the evaluation out.</param>
    public ExperimentBuilder Evaluate(bool evaluate) => Set("evaluate", evaluate);

    /// <summary>Samples a batch; default 64. To sweep it: <c>Axis("batch_size", 32, 64)</c>.</summary>
    /// <param name="samples">Samples, at least 1.</param>
    public ExperimentBuilder BatchSize(int samples) => Set("batch_size", samples);

    /// <summary>Steps at the start that are not measured; default 5.</summary>
    /// <param name="steps">Steps, at least 0.</param>
    public ExperimentBuilder WarmupSteps(int steps) => Set("warmup_steps", steps);

    /// <summary>Measured steps; default 60.</summary>
    /// <param name="steps">Steps, at least 1.</param>
    public ExperimentBuilder Steps(int steps) => Set("steps", steps);

    /// <summary>Where to train: <c>auto</c> (the default), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <param name="device">The device.</param>
    public ExperimentBuilder Device(string device) => Set("device", device);

    /// <summary>A dataset that lies in a folder.</summary>
    /// <param name="name">Its name, a value of the axis <c>dataset</c>.</param>
    /// <param name="folder">The folder of the feature store.</param>
    public ExperimentBuilder DatasetFolder(string name, DirectoryPath folder) => Source(new DatasetContent(name, folder, null, null));

    /// <summary>A dataset that is made on demand, with the shapes and lengths of a real one.</summary>
    /// <param name="name">Its name, a value of the axis <c>dataset</c>.</param>
    /// <param name="profile">The real dataset to resemble: <c>meld-da</c>, <c>mintrec</c> or <c>iemocap-da</c>.</param>
    /// <param name="samples">Samples; default 512.</param>
    public ExperimentBuilder SyntheticDataset(string name, string profile, int? samples = null) =>
        Source(new DatasetContent(name, null, profile, samples));

    /// <summary>The axis <c>dataset</c>.</summary>
    /// <param name="names">Names given to <see cref="DatasetFolder"/> or <see cref="SyntheticDataset"/>; for scripts and commands, any.</param>
    public ExperimentBuilder Dataset(params string[] names) => Axis("dataset", names);

    /// <summary>The axis <c>num_workers</c>: loader workers, as PyTorch counts them.</summary>
    /// <param name="counts">0 loads on the training thread.</param>
    public ExperimentBuilder NumWorkers(params int[] counts) => Axis("num_workers", counts);

    /// <summary>The axis <c>pin_memory</c>: whether batches are assembled in page-locked memory.</summary>
    /// <param name="values">The values.</param>
    public ExperimentBuilder PinMemory(params bool[] values) => Axis("pin_memory", values);

    /// <summary>The axis <c>prefetch_factor</c>: batches loaded ahead by each worker.</summary>
    /// <param name="batches">The values.</param>
    public ExperimentBuilder PrefetchFactor(params int[] batches) => Axis("prefetch_factor", batches);

    /// <summary>The axis <c>persistent_workers</c>: whether workers outlive an epoch.</summary>
    /// <param name="values">The values.</param>
    public ExperimentBuilder PersistentWorkers(params bool[] values) => Axis("persistent_workers", values);

    /// <summary>An axis of words.</summary>
    /// <param name="name">The axis; <c>env.NAME</c> sets an environment variable.</param>
    /// <param name="values">The values, no two equal.</param>
    public ExperimentBuilder Axis(string name, params string[] values) => AddAxis(name, values);

    /// <summary>An axis of whole numbers.</summary>
    /// <inheritdoc cref="Axis(string, string[])"/>
    public ExperimentBuilder Axis(string name, params int[] values) => AddAxis(name, values.Cast<object>());

    /// <summary>An axis of numbers.</summary>
    /// <inheritdoc cref="Axis(string, string[])"/>
    public ExperimentBuilder Axis(string name, params double[] values) => AddAxis(name, values.Cast<object>());

    /// <summary>An axis of <c>true</c> and <c>false</c>.</summary>
    /// <inheritdoc cref="Axis(string, string[])"/>
    public ExperimentBuilder Axis(string name, params bool[] values) => AddAxis(name, values.Cast<object>());

    /// <summary>Leaves out the configurations that have all of these values, as <c>exclude</c> does in GitHub Actions.</summary>
    /// <param name="values">The values.</param>
    public ExperimentBuilder Exclude(Action<ConfigurationValues> values)
    {
        Content.Excludes.Add(ConfigurationValues.Of(values));
        return this;
    }

    /// <summary>Adds a configuration, or values to the configurations that they do not contradict, as <c>include</c> does in GitHub Actions.</summary>
    /// <param name="values">The values.</param>
    public ExperimentBuilder Include(Action<ConfigurationValues> values)
    {
        Content.Includes.Add(ConfigurationValues.Of(values));
        return this;
    }

    /// <summary>Trials of each configuration; default 1.</summary>
    /// <param name="count">At least 1.</param>
    public ExperimentBuilder Repeats(int count)
    {
        Content.Repeats = count;
        return this;
    }

    /// <summary>Seed of the order of trials and of the trainings; default 0.</summary>
    /// <param name="seed">The seed.</param>
    public ExperimentBuilder Seed(int seed)
    {
        Content.Seed = seed;
        return this;
    }

    /// <summary>What each trial may use.</summary>
    /// <param name="memory">Of the whole process tree: <c>12GiB</c> or <c>80%</c>; default 90 % of what is available.</param>
    /// <param name="timeout">Wall time; default 15 minutes.</param>
    /// <param name="gpuMemory">GPU memory of its processes: <c>20GiB</c>; default: not limited.</param>
    /// <param name="processes">Processes at the same time; default: not limited.</param>
    /// <param name="stallTimeout">
    /// Time without a step, or any other event, after which a trial hangs and is ended; default: only <paramref name="timeout"/> ends it. Longer than its
    /// start and its longest evaluation.
    /// </param>
    public ExperimentBuilder Limit(string? memory = null, TimeSpan? timeout = null, string? gpuMemory = null, int? processes = null, TimeSpan? stallTimeout = null)
    {
        Content.StallTimeout = stallTimeout ?? Content.StallTimeout;
        Content.GpuMemoryLimit = gpuMemory ?? Content.GpuMemoryLimit;
        Content.ProcessLimit = processes ?? Content.ProcessLimit;
        Content.MemoryLimit = memory ?? Content.MemoryLimit;
        Content.Timeout = timeout ?? Content.Timeout;
        return this;
    }

    /// <summary>The rules that make a sweep red.</summary>
    /// <param name="gates">Adds the rules.</param>
    public ExperimentBuilder Gate(Action<GateBuilder> gates)
    {
        gates(new GateBuilder(Content));
        return this;
    }

    /// <summary>Where runs are recorded.</summary>
    /// <param name="experiment">The MLflow experiment; default: the experiment's name.</param>
    /// <param name="trackingUri">Default: <c>MLFLOW_TRACKING_URI</c>, else <c>sqlite:///mlflow.db</c>.</param>
    public ExperimentBuilder Mlflow(string? experiment = null, string? trackingUri = null)
    {
        Content.MlflowExperiment = experiment ?? Content.MlflowExperiment;
        Content.MlflowTrackingUri = trackingUri ?? Content.MlflowTrackingUri;
        return this;
    }

    private void Train(string kind, object value)
    {
        if (Content.TrainKind is { } earlier)
            Content.Fault(DefinitionDiagnostics.ConflictingKeys, $"it trains by {earlier} and by {kind}; keep one of the two");
        (Content.TrainKind, Content.TrainValue) = (kind, value);
    }

    private ExperimentBuilder Set(string key, object value)
    {
        Content.TrainKeys[key] = value;
        return this;
    }

    private ExperimentBuilder Probe(string key, string value)
    {
        Content.Probe[key] = value;
        return this;
    }

    private ExperimentBuilder Source(DatasetContent dataset)
    {
        if (!Content.Datasets.TryAdd(dataset.Name, dataset))
            Content.Fault(DefinitionDiagnostics.RepeatedKey, $"the dataset {dataset.Name} is declared twice");
        return this;
    }

    private ExperimentBuilder AddAxis(string name, IEnumerable<object> values)
    {
        if (!Content.Axes.TryAdd(name, [.. values]))
            Content.Fault(DefinitionDiagnostics.RepeatedKey, $"the axis {name} is given twice; name all its values in one call");
        return this;
    }
}
