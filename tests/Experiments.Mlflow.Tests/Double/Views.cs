namespace Experiments.Mlflow.Tests.Double;

/// <summary>Which lifecycle stages a view shows; what is not understood shows the active ones.</summary>
internal static class Views
{
    public static bool Shows(string view, string stage) => view switch
    {
        "ALL" => true,
        "DELETED_ONLY" => stage == "deleted",
        _ => stage == "active",
    };
}
