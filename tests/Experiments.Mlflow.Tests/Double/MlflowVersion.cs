namespace Experiments.Mlflow.Tests.Double;

/// <summary>Which server's behaviour is imitated, where the two differ.</summary>
internal enum MlflowVersion
{
    V217,
    V311,
}
