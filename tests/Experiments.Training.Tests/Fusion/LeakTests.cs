using Experiments.Data;
using Experiments.Training.Devices;
using Experiments.Training.Events;
using Experiments.Training.Fusion;
using Experiments.Training.Running;
using Experiments.Training.Tests.Support;
using TorchSharp;

namespace Experiments.Training.Tests.Fusion;

[Trait("Needs", "torchsharp")]
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

        var live = new List<long>();
        new TrainingLoop(task, events).Train(loader, new TrainingLength(0, 24), _ => live.Add(torch.Tensor.TotalCount), TestContext.Current.CancellationToken);
        Assert.Equal(24, live.Count);
        Assert.All(live.Skip(3), count => Assert.Equal(live[3], count)); // Adam makes its moments in the first step
    }
}
