using System.Net;

namespace Experiments.Mlflow;

/// <summary>A call to MLflow failed.</summary>
/// <remarks>The message never holds credentials.</remarks>
public class MlflowException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="errorCode">One of <see cref="MlflowErrorCode"/>, or another that a server sent.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public MlflowException(string errorCode, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorCode = errorCode;

    /// <summary>MLflow's error code; one of <see cref="MlflowErrorCode"/> as a rule.</summary>
    public string ErrorCode { get; }

    /// <summary>The HTTP status; null where there was no reply or no server.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The request's method and path; null where there was none.</summary>
    public string? Request { get; init; }

    /// <summary>The server's own message, or the beginning of a reply that is not JSON; null where there was none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>Whether the same call may succeed later: the server is down, busy, or the database is locked.</summary>
    public bool IsTransient { get; init; }
}
