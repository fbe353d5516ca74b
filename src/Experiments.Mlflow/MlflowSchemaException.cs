namespace Experiments.Mlflow;

/// <summary>The database is not MLflow's, or of a version whose tables this package cannot write.</summary>
public sealed class MlflowSchemaException : MlflowException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="databasePath">The database's file.</param>
    /// <param name="revision">The schema's revision that was found; null if none.</param>
    /// <param name="reason">What does not fit.</param>
    public MlflowSchemaException(string databasePath, string? revision, string reason)
        : base(
            MlflowErrorCode.UnsupportedSchema,
            $"cannot write the MLflow database '{databasePath}' (schema revision {revision ?? "none"}): {reason}")
    {
        DatabasePath = databasePath;
        Revision = revision;
    }

    /// <summary>The database's file.</summary>
    public string DatabasePath { get; }

    /// <summary>The schema's revision that was found; null if none.</summary>
    public string? Revision { get; }
}
