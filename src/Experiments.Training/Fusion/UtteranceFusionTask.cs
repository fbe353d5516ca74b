using Experiments.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Fusion;

/// <summary>
/// Classifies an utterance by its text, video and audio: each modality of the feature store is pooled by attention over its real frames, and
/// the pooled vectors are mixed by learned gates. Adam, cross-entropy, gradients clipped to length 1.
/// </summary>
/// <remarks>Settings: <c>learning_rate</c> (default 0.002), <c>hidden</c> (128), <c>heads</c> (4), <c>dropout</c> (0.2).</remarks>
internal sealed class UtteranceFusionTask : ITrainingTask
{
    public const string Name = "utterance-fusion";
    private const double LongestGradient = 1.0;

    private FusionModel? model;
    private optim.Optimizer? optimizer;
    private string label = "";

    public void Initialize(TrainingContext context, TrainingData data)
    {
        var shape = new FusionShape
        {
            Modalities = [.. data.Train.Fields.Where(field => field.Ragged)],
            Classes = data.Classes.Count,
            Hidden = (long)context.Setting("hidden", 128),
            Heads = (long)context.Setting("heads", 4),
            Dropout = context.Setting("dropout", 0.2),
        };
        label = data.LabelField;
        model = new FusionModel(shape);
        model.to(context.Device);
        optimizer = optim.Adam(model.parameters(), lr: context.Setting("learning_rate", 0.002));
    }

    public Tensor TrainStep(Batch batch)
    {
        model!.train();
        optimizer!.zero_grad();
        var loss = nn.functional.cross_entropy(model.call(batch), batch[label]);
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), LongestGradient);
        optimizer.step();
        return loss;
    }

    public Tensor Predict(Batch batch)
    {
        model!.eval();
        return model.call(batch).argmax(dim: 1);
    }

    public void Dispose()
    {
        optimizer?.Dispose();
        model?.Dispose();
    }
}
