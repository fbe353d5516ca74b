namespace Experiments.Mlflow.Entities;

/// <summary>A parameter of a run. Its value cannot be changed once it is logged.</summary>
/// <param name="Key">The name: at most 250 characters of letters, digits, <c>_ - . : /</c> and space.</param>
/// <param name="Value">The value; what exceeds 6000 code points is cut, with a warning.</param>
public sealed record Param(string Key, string Value);
