using System.Net;

namespace Experiments.Tool.Commenting;

/// <summary>Why a text was not posted. No part of it holds a token.</summary>
/// <param name="message">What the service said.</param>
/// <param name="status">The status of its reply; null: there was none.</param>
/// <param name="inner">The cause.</param>
internal sealed class CommentFault(string message, HttpStatusCode? status, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The status of the reply; null: there was none.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the token may only read: that of a pull request from a fork, as a rule.</summary>
    public bool IsReadOnly => Status == HttpStatusCode.Forbidden;

    /// <summary>Whether nobody knows if it was posted, or what was there is gone: looking again tells.</summary>
    public bool IsWorthLookingAgain => Status is null or HttpStatusCode.NotFound or HttpStatusCode.Gone or >= HttpStatusCode.InternalServerError;
}
