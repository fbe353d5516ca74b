using Experiments.Data;
using Experiments.Training.Devices;
using Experiments.Training.Events;
using Experiments.Training.Fusion;
using Experiments.Training.Running;
using Experiments.Training.Tests.Support;
using TorchSharp;

namespace Experiments.Training.Tests.Fusion;

/// <remarks>
/// TorchSharp counts the tensors of the whole process: these tests run alone, and what earlier ones left to their finalizers is gone before
/// the first step.
/// </remarks>
[Trait("Needs", "torchsharp")]
[Collection(nameof(LeakTests))]
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
public sealed class LeakTests(SmallDataset dataset)
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_number_of_live_tensors_is_flat_over_steps_and_epochs(int workers)
    {
        TrainingParts.TorchSharp();
        Torch.PrepareEnvironment();
        using var task = new UtteranceFusionTask();
        var context = new TrainingContext(new Dictionary<string, string>()) { Dataset = "MELD-DA", DatasetPath = dataset.Path, Device = torch.CPU, Seed = 0 };
        using var data = ((ITrainingTask)task).OpenData(context);
        task.Initialize(context, data);
        using var events = new EventLog(null, TimeProvider.System);
        using var loader = BatchLoader.Create(data.Train, new LoaderOptions { BatchSize = 16, NumWorkers = workers, Shuffle = true });

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var live = new List<long>();
        new TrainingLoop(task, events).Train(loader, new TrainingLength(0, 24), _ => live.Add(torch.Tensor.TotalCount), TestContext.Current.CancellationToken);
        Assert.Equal(24, live.Count);
        Assert.All(live.Skip(3), count => Assert.InRange(count, 1, live[3])); // Adam makes its moments in the first step; finalizers may still take some
    }
}
