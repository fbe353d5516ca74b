namespace Experiments.Mlflow;

/// <summary>MLflow's error codes, as servers send them and as the SQLite store gives them; and those of the client itself.</summary>
public static class MlflowErrorCode
{
    /// <summary>No such experiment, run, tag or artifact.</summary>
    public const string ResourceDoesNotExist = "RESOURCE_DOES_NOT_EXIST";

    /// <summary>The name is taken.</summary>
    public const string ResourceAlreadyExists = "RESOURCE_ALREADY_EXISTS";

    /// <summary>The request breaks a rule: a bad key, a changed param, a deleted run.</summary>
    public const string InvalidParameterValue = "INVALID_PARAMETER_VALUE";

    /// <summary>The request could not be carried out as it was.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The server could not do it now.</summary>
    public const string TemporarilyUnavailable = "TEMPORARILY_UNAVAILABLE";

    /// <summary>The server wants credentials, or other ones.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The credentials do not suffice, or the server refuses this host name.</summary>
    public const string PermissionDenied = "PERMISSION_DENIED";

    /// <summary>The experiment is deleted; it may be restored, or another one named.</summary>
    public const string ExperimentDeleted = "EXPERIMENT_DELETED";

    /// <summary>The reply was not what an MLflow server says.</summary>
    public const string InvalidResponse = "INVALID_RESPONSE";

    /// <summary>The server failed inside.</summary>
    public const string InternalError = "INTERNAL_ERROR";

    /// <summary>The database is not one that this version can write.</summary>
    public const string UnsupportedSchema = "UNSUPPORTED_SCHEMA";
}
