using Experiments.Data;
using static TorchSharp.torch;

namespace Experiments.Training;

/// <summary>
/// A training task: a model with its data, optimiser and loss. The host owns the loop, the loader, the clock and the events, so that every
/// task is measured in the same way. All members are called on one thread.
/// </summary>
/// <remarks>
/// A task of your own is a public class with a public constructor without parameters; see docs/own-task.md. The host seeds torch before
/// <see cref="Initialize"/>. It opens a dispose scope around each step and each prediction: whatever a task wants to keep beyond it must be
/// registered in a module or moved out of the scope.
/// </remarks>
public interface ITrainingTask : IDisposable
{
    /// <summary>Opens the training and dev samples; the default reads the feature store at <see cref="TrainingContext.DatasetPath"/>.</summary>
    /// <param name="context">Dataset, device, seed and settings.</param>
    /// <exception cref="TrainingException">The data cannot be used; the message tells the user why.</exception>
    TrainingData OpenData(TrainingContext context) => FeatureStoreData.Open(context);

    /// <summary>Makes the model and the optimiser on <see cref="TrainingContext.Device"/>.</summary>
    /// <param name="context">Dataset, device, seed and settings.</param>
    /// <param name="data">What <see cref="OpenData"/> gave.</param>
    void Initialize(TrainingContext context, TrainingData data);

    /// <summary>One step: forward, backward, update of the weights.</summary>
    /// <param name="batch">The samples, on the device. The host disposes it.</param>
    /// <returns>The loss, a scalar. The host reads it, which waits for the GPU, so that the time of a step is the time of its work.</returns>
    Tensor TrainStep(Batch batch);

    /// <summary>The predicted class of each sample, as int64; compared with the batch's labels after the last step.</summary>
    /// <param name="batch">Samples of the dev split, on the device. The host disposes it.</param>
    Tensor Predict(Batch batch);
}
