using System.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Data;
using Experiments.Training.Events;
using TorchSharp;

namespace Experiments.Training.Running;

/// <summary>The steps of a training and the measuring around them.</summary>
internal sealed class TrainingLoop(ITrainingTask task, EventLog events)
{
    /// <summary>Trains.</summary>
    /// <param name="loader">Gives the batches.</param>
    /// <param name="length">When it is over.</param>
    /// <param name="progress">Told of each step, after its time was taken.</param>
    /// <param name="cancellationToken">Stops after the running step.</param>
    /// <returns>Steps done.</returns>
    public int Train(BatchLoader<Batch> loader, TrainingLength length, Action<StepProgress> progress, CancellationToken cancellationToken)
    {
        using var batches = new EndlessBatches(loader);
        events.Phase(PhaseNames.Load);
        var step = 0;
        var measured = TimeSpan.Zero;
        while (!length.IsReached(step, measured) && !cancellationToken.IsCancellationRequested)
        {
            step++;
            var start = Stopwatch.GetTimestamp();
            using var batch = batches.Next();
            var wait = Stopwatch.GetElapsedTime(start);
            if (step == 1)
                events.Phase(PhaseNames.FirstBatch);
            var loss = Step(batch);
            var whole = Stopwatch.GetElapsedTime(start);
            measured += step > length.WarmupSteps ? whole : TimeSpan.Zero;
            events.Step(step, batch.Count, wait, whole);
            events.Metric(MetricKeys.TrainLoss, loss, step);
            progress(new StepProgress(step, batch.Count, loss, whole));
        }

        return step;
    }

    /// <summary>Counts right predictions on a split.</summary>
    public Evaluation Evaluate(BatchLoader<Batch> loader, TrainingData data, CancellationToken cancellationToken)
    {
        events.Phase(PhaseNames.Evaluate);
        var evaluation = new Evaluation(data.Classes);
        foreach (var batch in loader)
        {
            using (batch)
            using (torch.NewDisposeScope())
            using (torch.no_grad())
            {
                evaluation.Add(batch[data.LabelField].cpu().data<long>().ToArray(), task.Predict(batch).cpu().data<long>().ToArray());
            }

            if (cancellationToken.IsCancellationRequested)
                break;
        }

        return evaluation;
    }

    private float Step(Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        return task.TrainStep(batch).detach().cpu().item<float>(); // waits for the GPU: all of the step's work is queued before
    }
}
