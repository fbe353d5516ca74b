namespace Experiments.Mlflow.Entities;

/// <summary>A tag of a run or of an experiment. Setting it again replaces its value.</summary>
/// <param name="Key">The name: at most 250 characters of letters, digits, <c>_ - . : /</c> and space.</param>
/// <param name="Value">The value; what exceeds 8000 code points on a run is cut, with a warning.</param>
public sealed record Tag(string Key, string Value);
