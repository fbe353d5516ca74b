namespace Experiments.Mlflow.Entities;

/// <summary>Whether an experiment or a run is in use or in the trash.</summary>
public enum LifecycleStage
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Deleted; it can be restored.</summary>
    Deleted,
}
