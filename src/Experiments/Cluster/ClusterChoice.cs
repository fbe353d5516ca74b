using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Slurm;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Cluster;

namespace Experiments.Cluster;

/// <summary>Decides where a sweep's trials run: as the user says, else where a continued sweep began, else as the definition says.</summary>
internal static class ClusterChoice
{
    /// <summary>Whether they run on Slurm.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">What the user says.</param>
    /// <param name="begun">The folder of the sweep to continue; null: one begins.</param>
    /// <exception cref="DiagnosticException">EXP5050: Slurm is not here. EXP1048: what is asked for is not measured there. EXP3313: jobs of the sweep may still run there.</exception>
    public static bool IsMade(ExperimentDefinition definition, RunOptions options, SweepFolder? begun)
    {
        var submitted = begun is null ? null : new SlurmFolder(begun);
        var isSlurm = options.Executor is { } said ? said == ExecutorChoice.Slurm : submitted is { Exists: true } || definition.Executor.IsSlurm;
        if (!isSlurm)
        {
            if (begun is not null && submitted!.Exists && Open(begun).Count > 0)
                throw new DiagnosticException(SlurmDiagnostics.StillSubmitted.Error($"sweep {begun.SweepId} has {Open(begun).Count} trials on Slurm that have no result here yet"));
            return false;
        }

        if (definition.Gates.Throughput.Against is not null)
            throw new DiagnosticException(DefinitionDiagnostics.SlurmPairs.Error("gates.throughput.against asks for pairs, which are not measured on Slurm", definition.PositionOf("gates.throughput.against")));
        if (!SlurmClient.IsHere)
            throw new DiagnosticException(EnvironmentDiagnostics.NoSlurm.Error("sbatch is not on PATH", definition.PositionOf("executor")));
        return true;
    }

    /// <summary>The trials that a sweep has on Slurm, and that are not journalled.</summary>
    /// <param name="sweep">The sweep.</param>
    public static IReadOnlyList<PlacedTrial> Open(SweepFolder sweep)
    {
        var done = sweep.ReadJournal().Select(result => result.TrialId).ToHashSet(StringComparer.Ordinal);
        return [.. PlacedTrial.Of(new SlurmFolder(sweep).Read()).Values.Where(trial => !done.Contains(trial.Id))];
    }
}
