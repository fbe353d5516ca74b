using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>Checks that what Slurm is asked for leaves room for what a trial may take: its own limits must speak first.</summary>
internal static class ExecutorChecks
{
    private const string Path = "executor.slurm";

    /// <summary>Options that the program sets, and those that have a key.</summary>
    private static readonly Dictionary<string, string> Taken = new(StringComparer.Ordinal)
    {
        ["--partition"] = "partition", ["-p"] = "partition", ["--gres"] = "gres", ["--cpus-per-task"] = "cpus", ["-c"] = "cpus", ["--mem"] = "memory", ["--time"] = "time", ["-t"] = "time",
        ["--account"] = "account", ["-A"] = "account", ["--constraint"] = "constraint", ["-C"] = "constraint", ["--exclusive"] = "exclusive",
        ["--job-name"] = "", ["-J"] = "", ["--array"] = "", ["-a"] = "", ["--output"] = "", ["-o"] = "", ["--error"] = "", ["-e"] = "", ["--open-mode"] = "", ["--requeue"] = "", ["--no-requeue"] = "",
        ["--parsable"] = "", ["--wrap"] = "", ["--wait"] = "", ["-W"] = "", ["--chdir"] = "", ["-D"] = "", ["--hold"] = "", ["-H"] = "", ["--test-only"] = "",
    };

    public static void Check(ExperimentDefinition draft, ReadingContext context)
    {
        var (settings, limits) = (draft.Executor.SlurmSettings, draft.Limits);
        if (settings.MemoryBytes is { } memory && limits.Memory?.Bytes is { } limit && SlurmAllocation.MemoryFor(limit) > memory)
        {
            context.ErrorAtKey(
                DefinitionDiagnostics.SlurmMemory,
                $"{Path}.memory is {Quantities.Size(memory)}; with limits.memory {Quantities.Size(limit)} it must be at least {Quantities.Size(Math.Ceiling(SlurmAllocation.MemoryFor(limit) / 1048576.0) * 1048576)}: the trial, and what runs it", Path + ".memory");
        }

        if (settings.Time is { } time && time < SlurmAllocation.LeastTime(limits))
            context.ErrorAtKey(DefinitionDiagnostics.SlurmTime, $"{Path}.time is {Quantities.Duration(time)}; with limits.timeout {Quantities.Duration(limits.Timeout)} it must be at least {Quantities.Duration(SlurmAllocation.LeastTime(limits))}", Path + ".time");
        foreach (var option in context.NodeAt(Path + ".extra") is SequenceNode list ? list.Items.OfType<ScalarNode>() : [])
        {
            if (Taken.TryGetValue(option.Text.Split('=', ' ')[0], out var key))
                context.Error(DefinitionDiagnostics.SlurmOption, $"{Path}.extra has {option.Text}, which {(key.Length == 0 ? "the program sets itself" : $"is the key {Path}.{key}")}", option);
        }

        if (draft.Executor.IsSlurm && draft.Gates.Throughput.Against is not null)
            context.ErrorAtKey(DefinitionDiagnostics.SlurmPairs, "gates.throughput.against asks for pairs, which are not measured on Slurm", "gates.throughput.against");
    }
}
