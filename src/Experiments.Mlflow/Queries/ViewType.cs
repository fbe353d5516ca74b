namespace Experiments.Mlflow.Queries;

/// <summary>Which lifecycle stages a search looks at.</summary>
public enum ViewType
{
    /// <summary>Those in use.</summary>
    ActiveOnly,

    /// <summary>Those deleted.</summary>
    DeletedOnly,

    /// <summary>Both.</summary>
    All,
}
