namespace Experiments.Mlflow.Search;

/// <summary>One clause of a filter: a field, an operator in capitals, and the values (one, or several for IN and NOT IN, none for IS NULL).</summary>
internal sealed record Comparison(SearchField Field, string Operator, IReadOnlyList<string> Values);
