using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;

namespace Cake.Experiments.Definitions;

/// <summary>Finds what is wrong in an experiment before anything runs; each message names the experiment.</summary>
internal static partial class ExperimentCheck
{
    public static IReadOnlyList<Diagnostic> Run(ExperimentContent experiment, SourcePosition position) =>
    [
        .. experiment.Faults
            .Concat(Name(experiment))
            .Concat(Training(experiment))
            .Concat(Axes(experiment))
            .Concat(Exclusions(experiment))
            .Concat(Datasets(experiment))
            .Concat(Repeats(experiment))
            .Select(fault => fault.Rule.Error($"experiment '{experiment.Name}': {fault.Message}", position)),
    ];

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();

    private static IEnumerable<(DiagnosticRule Rule, string Message)> Name(ExperimentContent experiment)
    {
        if (!ValidName().IsMatch(experiment.Name))
            yield return (DefinitionDiagnostics.InvalidForm, "a name has letters, digits, '-', '_' and '.', at most 100, and does not begin with '.' or '-'");
    }

    private static IEnumerable<(DiagnosticRule Rule, string Message)> Training(ExperimentContent experiment)
    {
        if (experiment.TrainKind is null)
            yield return (DefinitionDiagnostics.MissingKey, "it trains nothing; say .TorchSharp(\"utterance-fusion\"), .PyTorch(\"run.py\") or .Command(\"./train.sh\")");
    }

    private static IEnumerable<(DiagnosticRule Rule, string Message)> Axes(ExperimentContent experiment)
    {
        if (experiment.Axes.Count == 0 && experiment.Includes.Count == 0)
            yield return (DefinitionDiagnostics.EmptyAxis, "it has no axis; say for example .Dataset(\"MELD-DA\").NumWorkers(0, 2, 4).PinMemory(false, true)");
        foreach (var (axis, values) in experiment.Axes)
        {
            if (values.Count == 0)
                yield return (DefinitionDiagnostics.EmptyAxis, $"the axis {axis} has no values");
            foreach (var value in values.GroupBy(Text, StringComparer.Ordinal).Where(group => group.Count() > 1))
                yield return (DefinitionDiagnostics.DuplicateValue, $"the axis {axis} has the value {value.Key} twice; for more trials say .Repeats({value.Count()})");
        }
    }

    private static IEnumerable<(DiagnosticRule Rule, string Message)> Exclusions(ExperimentContent experiment) =>
        from exclude in experiment.Excludes
        from axis in exclude.Values.Keys
        where !experiment.Axes.ContainsKey(axis)
        select (DefinitionDiagnostics.UnknownAxis, $"it excludes by {axis}, which is no axis; there are: {string.Join(", ", experiment.Axes.Keys)}");

    private static IEnumerable<(DiagnosticRule Rule, string Message)> Datasets(ExperimentContent experiment)
    {
        var used = experiment.Axes.GetValueOrDefault(AxisNames.Dataset, [])
            .Concat(experiment.Excludes.Concat(experiment.Includes).Select(values => values.Values.GetValueOrDefault(AxisNames.Dataset)).OfType<object>())
            .Select(Text)
            .Distinct(StringComparer.Ordinal);
        if (experiment.Datasets.Count == 0 && experiment.TrainKind != "torchsharp")
            yield break; // a script or command may know its datasets by name
        foreach (var dataset in used.Where(name => !experiment.Datasets.ContainsKey(name)))
        {
            var declared = experiment.Datasets.Count == 0 ? "none is" : $"there are: {string.Join(", ", experiment.Datasets.Keys)}";
            yield return (DefinitionDiagnostics.UnknownDataset,
                $"the dataset {dataset} is not declared ({declared}); say .DatasetFolder(\"{dataset}\", \"data/…\") or .SyntheticDataset(\"{dataset}\", \"meld-da\")");
        }
    }

    private static IEnumerable<(DiagnosticRule Rule, string Message)> Repeats(ExperimentContent experiment)
    {
        if (experiment.Repeats is < 1)
            yield return (DefinitionDiagnostics.OutOfRange, $"it repeats {experiment.Repeats} times; at least 1");
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
