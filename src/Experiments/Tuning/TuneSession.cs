using System.Text.RegularExpressions;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Tuning;
using Experiments.Engine;
using Experiments.PyTorch.Segments;

namespace Experiments.Tuning;

/// <summary>A tuning: one run in segments, then the winner against the script's own setting in whole trials.</summary>
/// <param name="request">What is tuned.</param>
/// <param name="options">Where it lies and who follows.</param>
internal sealed partial class TuneSession(TuneRequest request, RunOptions options)
{
    /// <summary>The axis of a run in segments: no loader setting, so that nothing is overridden from the start.</summary>
    private const string SegmentsAxis = "measured";

    /// <summary>The run ends by its instructions, not by its steps.</summary>
    private const int EndlessSteps = int.MaxValue;

    /// <summary>What may pass before the first batch and after the last segment.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMinutes(15);

    /// <summary>Runs it.</summary>
    /// <exception cref="DiagnosticException">There is no such script, or it cannot be started; nothing ran.</exception>
    public async Task<TuneRun> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(request.Script))
            throw new DiagnosticException(DefinitionDiagnostics.FileNotFound.Error($"there is no script {request.Script}; name the Python file that trains"));
        var controlFile = Path.Combine(Path.GetTempPath(), $"experiments-{Guid.NewGuid():n}.control");
        try
        {
            using var control = new ControlFile(controlFile);
            using var steering = new SegmentSteering(request, control, options.Root);
            var point = new Dictionary<string, AxisValue> { [SegmentsAxis] = AxisValue.Of("segments") };
            var segments = await Experiment.RunAsync(
                Definition([point], EndlessSteps, new() { [ControlFile.Variable] = controlFile }),
                options with { Observers = [.. options.Observers, steering] }, cancellationToken).ConfigureAwait(false);
            var run = new TuneRun { Report = steering.Report, Reason = steering.Reason, Segments = segments };
            if (run.Report is not { Chosen: { } chosen } report || chosen == report.Own || request.Confirmations == 0 || cancellationToken.IsCancellationRequested)
                return run;
            options.Notes.WriteLine($"Confirming by {request.Confirmations} whole trials each of {report.Own} and {chosen}");
            var confirmation = Definition([Point(report.Own), Point(chosen)], steps: null, []) with { Repeats = request.Confirmations };
            return run with { Confirmation = await Experiment.RunAsync(confirmation, options with { Notes = TextWriter.Null }, cancellationToken).ConfigureAwait(false) };
        }
        finally
        {
            File.Delete(controlFile);
        }
    }

    private ExperimentDefinition Definition(IReadOnlyList<IReadOnlyDictionary<string, AxisValue>> points, int? steps, Dictionary<string, string> variables)
    {
        var script = Path.GetFullPath(request.Script);
        return new ExperimentDefinition
        {
            Name = "tune-" + OtherCharacters().Replace(Path.GetFileNameWithoutExtension(script), "-").Trim('-'),
            File = script,
            Train = new PyTorchTask
            {
                Script = script,
                Args = request.Arguments,
                Python = request.Python,
                WorkingDirectory = Environment.CurrentDirectory,
                Env = variables,
                Steps = steps,
            },
            Matrix = new MatrixDefinition { Axes = [], Include = points },
            Limits = new Limits { Timeout = request.Budget + StartUp },
        };
    }

    private static Dictionary<string, AxisValue> Point(LoaderSetting setting)
    {
        var point = new Dictionary<string, AxisValue> { [AxisNames.NumWorkers] = AxisValue.Of(setting.NumWorkers) };
        if (setting.PrefetchFactor is { } ahead)
            point[AxisNames.PrefetchFactor] = AxisValue.Of(ahead);
        if (setting.PinMemory)
            point[AxisNames.PinMemory] = AxisValue.Of(true);
        return point;
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex OtherCharacters();
}
