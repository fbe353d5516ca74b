namespace Experiments.Mlflow.Search;

/// <summary>Faults of filters and orders.</summary>
internal static class SearchSyntax
{
    public static MlflowException Fault(string message) => new(MlflowErrorCode.InvalidParameterValue, message);
}
