using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Results;
using Experiments.Shared;

namespace Experiments.Engine.Journal;

/// <summary>Where a sweep lives: <c>.experiments/EXPERIMENT/SWEEP-ID/</c>.</summary>
/// <param name="Path">Absolute path of the folder.</param>
public sealed record SweepFolder(string Path)
{
    /// <summary>The sweep's id.</summary>
    public string SweepId => System.IO.Path.GetFileName(Path);

    /// <summary>What runs, and in which order.</summary>
    public string Manifest => File("plan.json");

    /// <summary>One line a finished trial.</summary>
    public string Journal => File("journal.jsonl");

    /// <summary>The pairs that a gate asked for and that are settled.</summary>
    public string Pairs => File("pairs.json");

    /// <summary>Measurements and judgement.</summary>
    public string Results => File("results.json");

    /// <summary>Whether there are results, readable or not: a sweep whose results cannot be read is not one that has none.</summary>
    public bool HasResults => System.IO.Path.Exists(Results);

    /// <summary>A folder of its own for each trial.</summary>
    /// <param name="trialId">Configuration id and repeat.</param>
    public TrialFolder Trial(string trialId) => new(System.IO.Path.Combine(Path, "trials", trialId));

    /// <summary>A file of the folder, such as <c>results.csv</c> or <c>report.html</c>.</summary>
    /// <param name="name">Its name.</param>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The folder of a sweep, whether it is there or not.</summary>
    /// <param name="root">The folder <c>.experiments</c>.</param>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="sweepId">The sweep's id.</param>
    public static SweepFolder Of(string root, string experiment, string sweepId) =>
        new(System.IO.Path.Combine(System.IO.Path.GetFullPath(root), experiment, sweepId));

    /// <summary>An experiment's sweeps, the latest first: by their names, of which each sorts after those that were there, see <see cref="Sweeps.SweepId"/>.</summary>
    /// <param name="root">The folder <c>.experiments</c>.</param>
    /// <param name="experiment">The experiment's name.</param>
    public static IReadOnlyList<SweepFolder> All(string root, string experiment)
    {
        var folder = new DirectoryInfo(System.IO.Path.Combine(System.IO.Path.GetFullPath(root), experiment));
        return folder.Exists
            ? [.. folder.EnumerateDirectories().Where(sweep => sweep.Name != LatestLink.Name).Select(sweep => new SweepFolder(sweep.FullName))
                .Where(sweep => System.IO.Path.Exists(sweep.Manifest))
                .OrderByDescending(sweep => sweep.SweepId, StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Reads what runs.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is no sweep here, or its plan cannot be read.</exception>
    public SweepManifest ReadManifest() =>
        Read(Manifest, stream => JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.SweepManifest));

    /// <summary>Reads the results of trials that are done, in the order in which they ended.</summary>
    /// <exception cref="DiagnosticException">EXP3010: the journal cannot be read.</exception>
    public IReadOnlyList<TrialResult> ReadJournal() => Read(Journal, () => TrialJournal.Read(Journal));

    /// <summary>Reads <c>results.json</c>.</summary>
    /// <exception cref="DiagnosticException">EXP3010: the sweep has not ended, or the file cannot be read.</exception>
    public SweepReport ReadReport() =>
        Read(Results, stream => JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.SweepReport));

    /// <summary>Reads the pairs that are settled; none where there is no file.</summary>
    /// <exception cref="DiagnosticException">EXP3010: the file cannot be read.</exception>
    public IReadOnlyList<PairComparison> ReadPairs() =>
        System.IO.Path.Exists(Pairs) ? Read(Pairs, stream => JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.IReadOnlyListPairComparison)) : [];

    internal void WritePairs(IReadOnlyList<PairComparison> pairs) =>
        AtomicFile.Write(Pairs, stream => JsonSerializer.Serialize(stream, pairs, ExperimentsJson.Indented.IReadOnlyListPairComparison), flush: true);

    internal void WriteManifest(SweepManifest manifest) =>
        AtomicFile.Write(Manifest, stream => JsonSerializer.Serialize(stream, manifest, ExperimentsJson.Indented.SweepManifest), flush: true);

    private static T Read<T>(string path, Func<Stream, T?> read)
        where T : class => Read(path, () =>
        {
            using var stream = PlainFile.Open(path);
            return read(stream) ?? throw new JsonException();
        });

    private static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DiagnosticException(TrialDiagnostics.NoSuchSweep.Error($"'{path}' cannot be read: {UnreadableJson.Reason(exception)}"), exception);
        }
    }
}
