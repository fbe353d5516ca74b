using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Data;
using Experiments.Training.Assemblies;
using Experiments.Training.Devices;
using Experiments.Training.Events;
using TorchSharp;

namespace Experiments.Training.Running;

/// <summary>A trial from its options to its exit code.</summary>
internal sealed class TrainingRun(RunSettings settings, EventLog events, TextWriter output)
{
    /// <summary>Runs.</summary>
    /// <param name="artifacts">Folder for files that are kept with the trial; null for none.</param>
    /// <param name="cancellationToken">Ends the training after the running step.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="TrainingException">Something that the user can mend.</exception>
    public int Execute(string? artifacts, CancellationToken cancellationToken)
    {
        events.Phase(PhaseNames.Start, ("process_id", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        using var task = TaskCatalog.Create(settings.Task, settings.Assembly);
        Torch.PrepareEnvironment();
        var (type, index) = DeviceChoice.Choose(settings.Device, Torch.Load());
        var threads = Torch.SetThreads(settings.Threads);
        var device = new torch.Device(type, index);
        torch.random.manual_seed(settings.Seed);
        var context = new TrainingContext(settings.Axes) { Dataset = settings.Dataset, DatasetPath = settings.DatasetPath, Device = device, Seed = settings.Seed };

        using var data = task.OpenData(context);
        if (data.Train.Count == 0)
            throw new TrainingException(TrainingDiagnostics.UnreadableDataset, $"'{settings.DatasetPath}' has no sample in its train split.");
        task.Initialize(context, data);
        foreach (var name in context.UnusedSettings)
            output.WriteLine($"Note: the task does not use the axis '{name}'.");

        var loop = new TrainingLoop(task, events);
        using var loader = BatchLoader.Create(data.Train, LoaderOptions(device) with { Shuffle = true });
        ReportMemory(data.Train, LoaderOptions(device), loader.BatchCount);
        var length = new TrainingLength(settings.WarmupSteps, settings.Steps, settings.MeasureSeconds);
        var console = new ConsoleProgress(output, length, TimeProvider.System);
        var done = loop.Train(loader, length, console.Report, cancellationToken);
        var evaluation = settings.Evaluate && data.Dev is { Count: > 0 } dev && !cancellationToken.IsCancellationRequested
            ? Evaluate((loop, done), dev, data, device, cancellationToken)
            : null;

        var cancelled = cancellationToken.IsCancellationRequested;
        events.Phase(
            PhaseNames.End,
            ("cancelled", cancelled ? "true" : "false"),
            ("pin_memory_effective", loader.Statistics.PinMemoryEffective ? "true" : "false"));
        if (artifacts is not null)
            WriteSummary(Path.Combine(artifacts, "training.json"), (device.ToString(), threads, done), evaluation);
        return cancelled ? ExitCodes.Cancelled : ExitCodes.Pass;
    }

    private void WriteSummary(string path, (string Device, int Threads, int Steps) run, Evaluation? evaluation)
    {
        try
        {
            TrainingSummary.Write(path, settings, run, evaluation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"There is no training.json, the training is done all the same: {problem.Message}");
        }
    }

    /// <summary>What a further worker takes: the batches ahead are the same however many there are.</summary>
    private void ReportMemory(ISampleSource source, LoaderOptions options, int epochBatches)
    {
        if (options.NumWorkers == 0)
            return;
        var (with, withMore) = (MemoryBound.Of(source.Fields, options), MemoryBound.Of(source.Fields, options with { NumWorkers = options.NumWorkers + 1 }));
        events.Metric(MetricKeys.LoaderWorkerMegabytes, (withMore.ExpectedBytes - with.ExpectedBytes) / (1024.0 * 1024));
        events.Metric(MetricKeys.LoaderBatchMegabytes, with.BatchBytes / (1024.0 * 1024));
        events.Metric(MetricKeys.LoaderPrefetchFactor, 0);
        events.Metric(MetricKeys.LoaderEpochBatches, epochBatches);
    }

    private Evaluation Evaluate((TrainingLoop Loop, int Steps) trained, ISampleSource dev, TrainingData data, torch.Device device, CancellationToken cancellationToken)
    {
        using var loader = BatchLoader.Create(dev, LoaderOptions(device));
        var evaluation = trained.Loop.Evaluate(loader, data, cancellationToken);
        events.Metric(MetricKeys.DevAccuracy, evaluation.Accuracy, trained.Steps);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"dev accuracy {evaluation.Accuracy:P1} on {evaluation.Samples} samples (most frequent class: {evaluation.MajorityShare:P1})"));
        return evaluation;
    }

    private LoaderOptions LoaderOptions(torch.Device device) => new()
    {
        BatchSize = settings.BatchSize,
        NumWorkers = settings.NumWorkers,
        PinMemory = settings.PinMemory,
        PrefetchFactor = settings.PrefetchFactor,
        PersistentWorkers = settings.PersistentWorkers,
        Seed = unchecked((ulong)settings.Seed),
        Device = device,
    };
}
