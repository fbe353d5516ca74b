namespace Experiments.PyTorch.Interpreters;

/// <summary>A Python program to run a script with.</summary>
/// <param name="File">The program's path.</param>
/// <param name="Source">How it was found.</param>
public sealed record Interpreter(string File, InterpreterSource Source);
