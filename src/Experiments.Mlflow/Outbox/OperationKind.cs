namespace Experiments.Mlflow.Outbox;

/// <summary>What an operation does. The names are written to disk.</summary>
internal enum OperationKind
{
    StartRun,
    Log,
    LogMissingParams,
    LogInputs,
    EndRun,
    Upload,
    SetExperimentTag,
    SetExperimentNote,
}
