namespace Experiments.Mlflow;

/// <summary>The names of tags that MLflow's pages understand.</summary>
public static class MlflowTags
{
    /// <summary>The run's name; kept equal to the run's own by the stores.</summary>
    public const string RunName = "mlflow.runName";

    /// <summary>The id of the run under which a run is nested.</summary>
    public const string ParentRunId = "mlflow.parentRunId";

    /// <summary>The user.</summary>
    public const string User = "mlflow.user";

    /// <summary>What was run.</summary>
    public const string SourceName = "mlflow.source.name";

    /// <summary>The kind of source: LOCAL, JOB, NOTEBOOK, PROJECT.</summary>
    public const string SourceType = "mlflow.source.type";

    /// <summary>The git commit.</summary>
    public const string GitCommit = "mlflow.source.git.commit";

    /// <summary>The git branch.</summary>
    public const string GitBranch = "mlflow.source.git.branch";

    /// <summary>The git repository.</summary>
    public const string GitRepositoryUrl = "mlflow.source.git.repoURL";

    /// <summary>The description in Markdown, of a run or an experiment.</summary>
    public const string Note = "mlflow.note.content";

    /// <summary>The metric that the experiment's pages put first.</summary>
    public const string PrimaryMetric = "mlflow.experiment.primaryMetric.name";

    /// <summary>Before the key of a shared view, in the name of an experiment's tag that holds the state of its runs page as JSON.</summary>
    public const string SharedViewPrefix = "mlflow.sharedViewState.";

    /// <summary>Stands for the experiment's id in notes that an outbox sends: the id is known only once the store has answered.</summary>
    public const string ExperimentIdMark = "EXPERIMENT_ID";

    /// <summary>What makes creating a run repeatable; see <see cref="Entities.NewRun.Key"/>.</summary>
    public const string RunKey = "mlflow.client.runKey";

    internal const string DataContext = "mlflow.data.context";
}
