using Experiments.Core.Matrix;

namespace Experiments.Core.Tests.Matrix;

/// <summary>Writes matrices as one would in a definition: <c>Of("fruit: apple, pear", "animal: cat, dog")</c>.</summary>
internal static class Matrices
{
    public static MatrixDefinition Of(params string[] axes) => new() { Axes = [.. axes.Select(Axis)] };

    public static MatrixDefinition Excluding(this MatrixDefinition matrix, params string[] entries) =>
        matrix with { Exclude = [.. entries.Select(Entry)] };

    public static MatrixDefinition Including(this MatrixDefinition matrix, params string[] entries) =>
        matrix with { Include = [.. entries.Select(Entry)] };

    /// <summary>The names of the configurations.</summary>
    public static string[] Names(this MatrixDefinition matrix) =>
        [.. MatrixExpansion.Expand(matrix).Select(configuration => configuration.Name)];

    public static IReadOnlyDictionary<string, AxisValue> Entry(string text) =>
        text.Split(", ").Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Value(pair[1]));

    private static Axis Axis(string text) => text.Split(": ") is [var name, var values]
        ? new Axis { Name = name, Values = [.. values.Split(", ").Select(Value)] }
        : throw new ArgumentException(text, nameof(text));

    private static AxisValue Value(string text) =>
        long.TryParse(text, out var number) ? AxisValue.Of(number) : bool.TryParse(text, out var flag) ? AxisValue.Of(flag) : AxisValue.Of(text);
}
