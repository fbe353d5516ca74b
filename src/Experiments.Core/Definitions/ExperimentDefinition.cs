using System.Text.Json.Serialization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;

namespace Experiments.Core.Definitions;

/// <summary>A training task, a matrix, limits and gates: all that a sweep needs to know.</summary>
public sealed record ExperimentDefinition
{
    /// <summary>The experiment's name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file it was read from, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>What each trial runs.</summary>
    public required TrainingTask Train { get; init; }

    /// <summary>The datasets that the axis <c>dataset</c> names.</summary>
    public IReadOnlyList<DatasetSource> Datasets { get; init; } = [];

    /// <summary>The axes.</summary>
    public required MatrixDefinition Matrix { get; init; }

    /// <summary>Trials of each configuration; default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Seed of the order of trials and of the trainings; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Limits of each trial.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Rules over the results.</summary>
    public Gates Gates { get; init; } = new();

    /// <summary>Where trials run; default: on this machine.</summary>
    public ExecutorChoice Executor { get => field ?? new(); init; } = new();

    /// <summary>Where runs are recorded.</summary>
    public MlflowTarget Mlflow { get; init; } = new();

    /// <summary>
    /// The name of the pool that the machine belongs to, in the place of its fingerprint: baselines and history are the pool's; <c>machine</c>. Null: the machine's own id.
    /// </summary>
    public string? Machine { get; init; }

    /// <summary>The place in a script that the experiment stands in, where a program wrote <see cref="File"/> for it; else null.</summary>
    public SourcePosition? Source { get; init; }

    /// <summary>Where each key stands, by dotted path such as <c>gates.peak_memory.max</c>.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, SourcePosition> Positions { get; init; } = new Dictionary<string, SourcePosition>();

    /// <summary>Whether a text may name an experiment, or a pool of machines: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, a letter or digit first, at most 100.</summary>
    /// <param name="text">The text.</param>
    public static bool IsName(string text) => text.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>The place of a key, or of its nearest parent that is written, or the file's start.</summary>
    /// <param name="path">Dotted path.</param>
    public SourcePosition PositionOf(string path)
    {
        for (var key = path; key.Length > 0; key = key[..Math.Max(key.LastIndexOf('.'), 0)])
            if (Positions.TryGetValue(key, out var position))
                return position;
        return Source ?? new SourcePosition(File, 1, 1);
    }
}
