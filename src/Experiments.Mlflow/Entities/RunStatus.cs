namespace Experiments.Mlflow.Entities;

/// <summary>The state of a run, with MLflow's meanings.</summary>
public enum RunStatus
{
    /// <summary>The run has started and has not ended.</summary>
    Running,

    /// <summary>The run waits to be started.</summary>
    Scheduled,

    /// <summary>The run ended well.</summary>
    Finished,

    /// <summary>The run ended with an error.</summary>
    Failed,

    /// <summary>The run was stopped from outside.</summary>
    Killed,
}
