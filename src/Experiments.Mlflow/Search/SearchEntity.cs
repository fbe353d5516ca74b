namespace Experiments.Mlflow.Search;

/// <summary>What a clause of a filter, or an order, speaks of.</summary>
internal enum SearchEntity
{
    Attribute,
    Metric,
    Param,
    Tag,
    Dataset,
}
