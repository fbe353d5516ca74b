using System.Diagnostics;
using Experiments.Data;
using Experiments.Data.FeatureStores;
using Experiments.Training;
using static TorchSharp.torch;

namespace Experiments.Bench.GatesReal;

/// <summary>A two-layer network on the words' mean; <c>hidden</c> is an axis. One configuration can be slowed from outside.</summary>
public sealed class SmallNetwork : ITrainingTask
{
    /// <summary>Names the slowed configuration as <c>num_workers/hidden</c>.</summary>
    public const string SlowedVariable = "BENCH_SLOWED";

    private const string Text = "text";
    private const double Slowdown = 0.15;
    private readonly bool isSlowed = Environment.GetEnvironmentVariable(SlowedVariable) is { Length: > 0 } slowed
        && slowed == $"{Environment.GetEnvironmentVariable("EXPERIMENTS_AXIS_NUM_WORKERS")}/{Environment.GetEnvironmentVariable("EXPERIMENTS_AXIS_HIDDEN")}";

    private nn.Module<Tensor, Tensor>? network;
    private optim.Optimizer? optimizer;
    private long stepEnded = Stopwatch.GetTimestamp();

    /// <summary>The text alone.</summary>
    public TrainingData OpenData(TrainingContext context) =>
        FeatureStoreData.Open(context, new FeatureSelection { Modalities = [Text], Padding = PaddingMode.Longest });

    /// <summary>Makes network and optimiser.</summary>
    public void Initialize(TrainingContext context, TrainingData data)
    {
        var features = data.Train.Fields.Single(field => field.Name == Text).Shape[1];
        var hidden = (long)context.Setting("hidden", 1024.0);
        network = nn.Sequential(nn.Linear(features, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, data.Classes.Count));
        optimizer = optim.SGD(network.parameters(), 0.01);
    }

    /// <summary>One step; a slowed one takes so much longer that 15 % of the throughput is lost.</summary>
    public Tensor TrainStep(Batch batch)
    {
        optimizer!.zero_grad();
        var loss = nn.functional.cross_entropy(Predicted(batch), batch["label"]);
        loss.backward();
        optimizer.step();
        if (isSlowed)
        {
            var whole = Stopwatch.GetElapsedTime(stepEnded) / (1 - Slowdown);
            while (Stopwatch.GetElapsedTime(stepEnded) < whole)
                Thread.SpinWait(20);
        }

        stepEnded = Stopwatch.GetTimestamp();
        return loss;
    }

    /// <summary>The most likely class.</summary>
    public Tensor Predict(Batch batch) => Predicted(batch).argmax(dim: 1);

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        optimizer?.Dispose();
        network?.Dispose();
    }

    private Tensor Predicted(Batch batch) => network!.call(batch[Text].sum(dim: 1) / batch.Lengths(Text).clamp_min(1).unsqueeze(1));
}
