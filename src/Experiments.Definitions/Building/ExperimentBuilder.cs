using Experiments.Core.Diagnostics;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Building;

/// <summary>
/// Describes an experiment in C#: a training task, the axes of its matrix, limits and gates. What is said here means what the same keys mean in a
/// definition's file, and is checked by the same rules.
/// </summary>
/// <example>
/// <code>
/// Experiment("meld-da", e => e
///     .TorchSharp("utterance-fusion")
///     .SyntheticDataset("MELD-DA", "meld-da", samples: 256)
///     .Dataset("MELD-DA").NumWorkers(0, 2, 4).PinMemory(false, true)
///     .Exclude(c => c.NumWorkers(0).PinMemory(true))
///     .BatchSize(64).WarmupSteps(5).Device("cpu")
///     .Repeats(3).Limit(memory: "12GiB", timeout: TimeSpan.FromMinutes(15))
///     .Gate(g => g.PeakMemory(max: "8GiB").Throughput(maxRegression: 0.05))
///     .Mlflow(experiment: "data-loading/meld-da"));
/// </code>
/// </example>
public sealed class ExperimentBuilder
{
    private readonly Branch _root = new();

    private ExperimentBuilder(string name) => _root.Set("name", name);

    private Branch Task => _root.Under("train");

    private Branch Matrix => _root.Under("matrix");

    /// <summary>Makes a definition. Files that it names need not be there yet: what builds them may run before it.</summary>
    /// <param name="name">The experiment's name.</param>
    /// <param name="configure">Describes it.</param>
    /// <param name="folder">What paths are relative to, and where trials run; absolute. The definition's file is <c>.experiments/definitions/NAME.json</c> in it.</param>
    /// <param name="place">Where the program describes it, relative to <paramref name="folder"/>: messages point there.</param>
    /// <returns>The definition, or what is wrong.</returns>
    public static DefinitionReading Build(string name, Action<ExperimentBuilder> configure, string folder, SourcePosition place)
    {
        var builder = new ExperimentBuilder(name);
        configure(builder);
        var file = Path.Combine(folder, ".experiments", "definitions", name + ".json");
        var reading = DefinitionReader.Understand(builder._root.ToNode(), file, new DefinitionPaths(folder), checksFiles: false);
        var source = place with { File = Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(place.File, folder)).Replace('\\', '/') };
        var told = WrittenElsewhere.Told(reading, name, place);
        return told with { Definition = told.Definition is null ? null : told.Definition with { Source = source } };
    }

    /// <summary>Trains a TorchSharp task.</summary>
    /// <param name="task">A built-in task (<c>utterance-fusion</c>), or the full name of a class in <paramref name="assembly"/>.</param>
    /// <param name="assembly">The assembly that holds the class; null for built-in tasks.</param>
    public ExperimentBuilder TorchSharp(string task, string? assembly = null)
    {
        Task.Add(TaskKind.TorchSharp, task);
        return Set("assembly", assembly);
    }

    /// <summary>Trains with a PyTorch script, unchanged.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments.</param>
    public ExperimentBuilder PyTorch(string script, Action<TrainingArguments>? arguments = null)
    {
        Task.Add(TaskKind.PyTorch, script);
        return arguments is null ? this : Arguments(arguments);
    }

    /// <summary>Trains with a module of a PyTorch package, as <c>python -m</c> runs it from the working directory, unchanged.</summary>
    /// <param name="module">The module, such as <c>pkg.train</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public ExperimentBuilder PyTorchModule(string module, Action<TrainingArguments>? arguments = null)
    {
        var named = new Branch();
        named.Set("module", module);
        Task.Add(TaskKind.PyTorch, named);
        return arguments is null ? this : Arguments(arguments);
    }

    /// <summary>Trains with any program that appends step events to the file named by <c>EXPERIMENTS_EVENTS</c>.</summary>
    /// <param name="command">The program and its arguments; <c>{axis}</c> is replaced by the configuration's value.</param>
    public ExperimentBuilder Command(params string[] command)
    {
        Task.Add(TaskKind.Command, command);
        return this;
    }

    /// <summary>Arguments of a PyTorch script or a command.</summary>
    /// <param name="arguments">Adds the arguments.</param>
    public ExperimentBuilder Arguments(Action<TrainingArguments> arguments)
    {
        var list = new TrainingArguments();
        arguments(list);
        return Set("args", list.Values);
    }

    /// <summary>An environment variable of the trials.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value; <c>{axis}</c> is replaced.</param>
    public ExperimentBuilder EnvironmentVariable(string name, string value)
    {
        Task.Under("env").Set(name, value);
        return this;
    }

    /// <summary>A metric that a command prints rather than reports.</summary>
    /// <param name="name">The metric's key, such as <c>train/loss</c>.</param>
    /// <param name="pattern">A regular expression over standard output; its first group is the value.</param>
    public ExperimentBuilder Metric(string name, string pattern)
    {
        Task.Under("metrics").Set(name, pattern);
        return this;
    }

    /// <summary>The trials' working directory; default: the folder that paths are relative to.</summary>
    /// <param name="folder">The folder.</param>
    public ExperimentBuilder WorkingDirectory(string folder) => Set("working_directory", folder);

    /// <summary>The Python interpreter; default: the active environment's.</summary>
    /// <param name="interpreter">A path, or a name on PATH.</param>
    public ExperimentBuilder Python(string interpreter) => Set("python", interpreter);

    /// <summary>Makes old code ready for a comparison, once a commit.</summary>
    /// <param name="command">A program and its arguments, such as <c>dotnet</c>, <c>build</c>.</param>
    public ExperimentBuilder Setup(params string[] command) => Set("setup", command);

    /// <summary>What is not in git and old code needs for a comparison.</summary>
    /// <param name="paths">Files and folders, relative to the definition's folder, such as <c>data</c>.</param>
    public ExperimentBuilder Share(params string[] paths) => Set("share", paths);

    /// <summary>Which of a script's loaders are steered: <c>train</c> (the default), <c>all</c> or <c>file.py:line</c>.</summary>
    /// <param name="loaders">The loaders.</param>
    public ExperimentBuilder Loaders(string loaders) => Probe("loaders", loaders);

    /// <summary>What a step of a PyTorch script is: <c>auto</c> (the default), <c>batch</c> for scripts that train nothing, or <c>module:function</c>, whose call trains.</summary>
    /// <param name="step">What ends a step.</param>
    public ExperimentBuilder Step(string step) => Set("step", step);

    /// <summary>Samples of a step of one process of a PyTorch script, where they cannot be counted.</summary>
    /// <param name="samples">Samples, at least 1.</param>
    public ExperimentBuilder SamplesPerStep(int samples) => Set("samples_per_step", samples);

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

    /// <summary>Measured steps; default: as many as take 3 seconds, at least 20 (<c>steps: auto</c>).</summary>
    /// <param name="steps">Steps, at least 1.</param>
    public ExperimentBuilder Steps(int steps) => Set("steps", steps);

    /// <summary>Where to train: <c>auto</c> (the default), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <param name="device">The device.</param>
    public ExperimentBuilder Device(string device) => Set("device", device);

    /// <summary>A dataset that lies in a folder.</summary>
    /// <param name="name">Its name, a value of the axis <c>dataset</c>.</param>
    /// <param name="folder">The folder of the feature store.</param>
    public ExperimentBuilder DatasetFolder(string name, string folder) => Source(name, ("path", folder));

    /// <summary>A dataset that is made on demand, with the shapes and lengths of a real one.</summary>
    /// <param name="name">Its name, a value of the axis <c>dataset</c>.</param>
    /// <param name="profile">The real dataset to resemble: <c>meld-da</c>, <c>mintrec</c> or <c>iemocap-da</c>.</param>
    /// <param name="samples">Samples; default 512.</param>
    public ExperimentBuilder SyntheticDataset(string name, string profile, int? samples = null) =>
        Source(name, ("synthetic", profile), ("samples", samples));

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
    public ExperimentBuilder Axis(string name, params int[] values) => AddAxis(name, values);

    /// <summary>An axis of numbers.</summary>
    /// <inheritdoc cref="Axis(string, string[])"/>
    public ExperimentBuilder Axis(string name, params double[] values) => AddAxis(name, values);

    /// <summary>An axis of <c>true</c> and <c>false</c>.</summary>
    /// <inheritdoc cref="Axis(string, string[])"/>
    public ExperimentBuilder Axis(string name, params bool[] values) => AddAxis(name, values);

    /// <summary>Leaves out the configurations that have all of these values, as <c>exclude</c> does in GitHub Actions.</summary>
    /// <param name="values">The values.</param>
    public ExperimentBuilder Exclude(Action<ConfigurationValues> values)
    {
        Matrix.Append("exclude", ConfigurationValues.Of(values));
        return this;
    }

    /// <summary>Adds a configuration, or values to the configurations that they do not contradict, as <c>include</c> does in GitHub Actions.</summary>
    /// <param name="values">The values.</param>
    public ExperimentBuilder Include(Action<ConfigurationValues> values)
    {
        Matrix.Append("include", ConfigurationValues.Of(values));
        return this;
    }

    /// <summary>Trials of each configuration; default 1.</summary>
    /// <param name="count">At least 1.</param>
    public ExperimentBuilder Repeats(int count)
    {
        _root.Set("repeats", count);
        return this;
    }

    /// <summary>Seed of the order of trials and of the trainings; default 0.</summary>
    /// <param name="seed">The seed.</param>
    public ExperimentBuilder Seed(int seed)
    {
        _root.Set("seed", seed);
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
        var limits = _root.Under("limits");
        limits.Set("memory", memory);
        limits.Set("gpu_memory", gpuMemory);
        limits.Set("processes", processes);
        limits.Set("timeout", timeout);
        limits.Set("stall_timeout", stallTimeout);
        return this;
    }

    /// <summary>The rules that make a sweep red.</summary>
    /// <param name="gates">Adds the rules.</param>
    public ExperimentBuilder Gate(Action<GateBuilder> gates)
    {
        gates(new GateBuilder(_root.Under("gates")));
        return this;
    }

    /// <summary>Where runs are recorded.</summary>
    /// <param name="experiment">The MLflow experiment; default: the experiment's name.</param>
    /// <param name="trackingUri">Default: <c>MLFLOW_TRACKING_URI</c>, else <c>sqlite:///mlflow.db</c>.</param>
    public ExperimentBuilder Mlflow(string? experiment = null, string? trackingUri = null)
    {
        _root.Under("mlflow").Set("experiment", experiment);
        _root.Under("mlflow").Set("tracking_uri", trackingUri);
        return this;
    }

    /// <summary>Names the pool that the machines of this experiment are of: baselines and history are the pool's, whatever its machines are made of.</summary>
    /// <param name="pool">Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, such as <c>ci-large</c>.</param>
    public ExperimentBuilder Machine(string pool)
    {
        _root.Set("machine", pool);
        return this;
    }

    private ExperimentBuilder Set(string key, object? value)
    {
        Task.Set(key, value);
        return this;
    }

    private ExperimentBuilder Probe(string key, string value)
    {
        Task.Under("probe").Set(key, value);
        return this;
    }

    private ExperimentBuilder Source(string name, params (string Key, object? Value)[] values)
    {
        var source = new Branch();
        foreach (var (key, value) in values)
            source.Set(key, value);
        _root.Under("datasets").Add(name, source);
        return this;
    }

    private ExperimentBuilder AddAxis(string name, System.Collections.IEnumerable values)
    {
        Matrix.Add(name, values);
        return this;
    }
}
