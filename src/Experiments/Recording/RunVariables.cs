using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Mlflow;
using Experiments.Reports.Tracking;
using Experiments.Running;

namespace Experiments.Recording;

/// <summary>By these a script that logs to MLflow itself, as its Python client does, logs to its trial's run. None where the store does not answer.</summary>
/// <param name="definition">The definition.</param>
/// <param name="mlflow">Who made the run.</param>
/// <param name="store">Where.</param>
internal sealed class RunVariables(ExperimentDefinition definition, MlflowObserver mlflow, IMlflowStore store) : ITrialVariables
{
    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(PlannedTrial trial, CancellationToken cancellationToken)
    {
        if (definition.Train is TorchSharpTask || await mlflow.FindRunIdAsync(trial, cancellationToken).ConfigureAwait(false) is not { } runId)
            return new Dictionary<string, string>();
        var isDatabase = store.TrackingUri.StartsWith("sqlite:", StringComparison.Ordinal); // its path may be relative to this folder
        return new Dictionary<string, string>
        {
            ["MLFLOW_RUN_ID"] = runId,
            ["MLFLOW_TRACKING_URI"] = isDatabase ? store.TrackingUri : Tracking.UriOf(definition),
            ["MLFLOW_EXPERIMENT_ID"] = mlflow.ExperimentId ?? "", // of further runs and traces; the client wants that of the name, if there is one
            ["MLFLOW_EXPERIMENT_NAME"] = definition.Mlflow.Experiment ?? definition.Name,
        };
    }
}
