using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Validation;

/// <summary>How lifecycle stages and run states are written in the database, and which stages a view shows.</summary>
internal static class Stages
{
    public const string Active = "active";
    public const string Deleted = "deleted";

    public static LifecycleStage Parse(string? stage) => stage == Deleted ? LifecycleStage.Deleted : LifecycleStage.Active;

    public static RunStatus ParseStatus(string? status) =>
        Enum.TryParse<RunStatus>(status, ignoreCase: true, out var parsed) ? parsed : RunStatus.Running;

    public static string Write(RunStatus status) => status.ToString().ToUpperInvariant();

    public static string Condition(ViewType view, string column) => view switch
    {
        ViewType.ActiveOnly => $"{column} = 'active'",
        ViewType.DeletedOnly => $"{column} = 'deleted'",
        _ => "1",
    };
}
