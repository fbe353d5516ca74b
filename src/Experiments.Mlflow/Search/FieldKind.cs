namespace Experiments.Mlflow.Search;

/// <summary>How a field is compared.</summary>
internal enum FieldKind
{
    Text,
    Number,
}
