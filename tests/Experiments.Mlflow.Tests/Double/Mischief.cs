namespace Experiments.Mlflow.Tests.Double;

/// <summary>What the double does to a request instead of, or before, answering it.</summary>
internal enum Mischief
{
    None,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>All is done, and the connection is cut before the reply.</summary>
    CutAfter,

    /// <summary>429 with Retry-After: 0.</summary>
    TooManyRequests,

    /// <summary>500 with a page that is not JSON, before anything is done.</summary>
    InternalError,

    /// <summary>All is done, and the reply is 503 from a proxy.</summary>
    UnavailableAfter,
}
