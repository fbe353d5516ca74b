using System.Text.RegularExpressions;
using Experiments.Core.Plans;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>The keys under <c>gates</c>.</summary>
internal static partial class GateKeys
{
    /// <summary>The section.</summary>
    public static SectionKind Section { get; } = new(
        new("peak_memory", new SectionKind(
            new("max", Kinds.Size, "The most that a configuration's peak memory may be."),
            new("max_increase", Kinds.Increase, "The most that it may grow over the baseline.")), "Gates over the peak memory of the process tree."),
        new("memory_growth", new SectionKind(
            new DefinitionKey("max", Kinds.Growth, "The most that memory may grow with each step after warm-up.")), "Gate over leaks."),
        new("throughput", new SectionKind(
            new("max_regression", Kinds.Loss, "The most of the baseline's `samples_per_second` that may be lost."),
            new("allow_missing_baseline", new BooleanKind(), "Whether a sweep without a comparable baseline may pass.") { Default = "true" },
            new("false_alarm_rate", Kinds.Chance, "The chance that a sweep of unchanged code is called regressed, over all configurations.") { Default = "1%" },
            new("max_repeats", new IntegerKind(1, Planner.MaxRepeats), "Repeats that a configuration without a clear verdict may have.") { Default = "`repeats`" },
            new("confirm", new BooleanKind(), "Whether a suspected regression is measured afresh beside a control before it is red.") { Default = "true" }), "Gates over throughput."),
        new("data_stall", new SectionKind(
            new("max_wait_fraction", Kinds.Share, "The most of the time that may be spent waiting for batches."),
            new("min_accelerator_utilization", Kinds.Share, "The least of the time that the accelerator must compute; MLPerf Storage asks for 90%.")), "Gates over waiting for data."),
        new("baseline", new SectionKind(
            new("source", new TextKind("`file`, `mlflow` or `sweep:ID`", BaselineSource(), "write file, mlflow or sweep: and a sweep's id"), "What a sweep is compared with: the accepted file, the last passing sweeps of the same machine in MLflow, or one sweep.") { Default = "file" },
            new("sweeps", new IntegerKind(1, 100), "How many passing sweeps `mlflow` takes.") { Default = "5" },
            new("ratchet", new BooleanKind(), "Whether a passing sweep that is faster becomes the accepted file by itself.") { Default = "false" }), "The baseline of the gates."),
        new("trend", new SectionKind(
            new("max_slowdown", Kinds.Loss, "The most that the history may have lost for good, by a lasting change or a slow drift."),
            new("suppress", new MapKind(
                "a mapping of changes to reasons", Change(), "name the first slow commit or sweep by 4 letters or digits or more, or write drift",
                new SectionKind(
                    new("reason", new TextKind("a reason"), "Why the slowdown is accepted.") { IsRequired = true },
                    new("until", Kinds.Date, "The last day on which it is.") { IsRequired = true })), "Slowdowns that are known: by the first slow commit or sweep, or `drift`.")), "Gate over the history of sweeps."));

    [GeneratedRegex(@"\A(file|mlflow|sweep:[A-Za-z0-9][A-Za-z0-9-]{0,99})\z")]
    private static partial Regex BaselineSource();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{3,99}\z")]
    private static partial Regex Change();
}
