using System.Text.RegularExpressions;
using Experiments.Core.Definitions;

namespace Experiments.Definitions.Keys;

/// <summary>The keys of <c>executor</c>.</summary>
internal static partial class ExecutorKeys
{
    private const string OneWord = "write it without spaces and quotes";
    private const string OneLine = "write it in one line, without quotes";

    /// <summary>The section.</summary>
    public static SectionKind Section { get; } = new(
        typeof(ExecutorChoice),
        new DefinitionKey("slurm", nameof(ExecutorChoice.SlurmSettings), new SectionKind(
            typeof(SlurmSettings),
            new("partition", nameof(SlurmSettings.Partition), new TextKind("a partition's name", Word(), OneWord), "The partition, or several with commas.") { Default = "the site's" },
            new("gres", nameof(SlurmSettings.Gres), new TextKind("a list of resources", Word(), OneWord), "Generic resources of a job, such as `gpu:1`."),
            new("cpus", nameof(SlurmSettings.Cpus), new IntegerKind(1, 4096), "Cores of a job.") { Default = "the site's" },
            new("memory", nameof(SlurmSettings.MemoryBytes), Kinds.SlurmMemory, "Memory of a job; more than `limits.memory`, so that the trial's limit speaks first.") { Default = "follows from `limits.memory`" },
            new("time", nameof(SlurmSettings.Time), Kinds.Timeout, "Wall time of a job; more than `limits.timeout`.") { Default = "follows from `limits.timeout` and `pack`" },
            new("account", nameof(SlurmSettings.Account), new TextKind("an account's name", Word(), OneWord), "The account that pays."),
            new("constraint", nameof(SlurmSettings.Constraint), new TextKind("features of a node", Line(), OneLine), "Features that a node must have, such as `a100`: nodes of one kind make figures that can be compared."),
            new("extra", nameof(SlurmSettings.Extra), new ListKind("a list of options of sbatch", new TextKind("an option such as `--qos=high`", Option(), "write the whole option, such as --qos=high"), isEmptyAllowed: true), "Further options of `sbatch`."),
            new("setup", nameof(SlurmSettings.Setup), new ListKind("a list of shell lines", new TextKind("a line of shell"), isEmptyAllowed: true), "Lines of bash that run on the node before the trials and in their shell, such as `module load cuda`. One that fails ends the job."),
            new("array_parallelism", nameof(SlurmSettings.ArrayParallelism), new IntegerKind(1, 100_000), "Most jobs of an array that run at the same time.") { Default = "not limited" },
            new("exclusive", nameof(SlurmSettings.Exclusive), new BooleanKind(), "Whether a job has its node to itself; others on it disturb what is measured.") { Default = "`true`, unless the partition forces jobs to share nodes" },
            new("pack", nameof(SlurmSettings.Pack), new IntegerKind(1, 100_000), "Trials that one job runs, one after the other: for trials that are short beside a job's start.")), "What Slurm is asked for; where it is written, be it empty (`{}`), trials run as Slurm jobs.") { Mark = nameof(ExecutorChoice.IsSlurm) });

    [GeneratedRegex(@"\A[^\s'""\\]+\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[^\n\r'""\\]+\z")]
    private static partial Regex Line();

    [GeneratedRegex(@"\A-[^\n\r]+\z")]
    private static partial Regex Option();
}
