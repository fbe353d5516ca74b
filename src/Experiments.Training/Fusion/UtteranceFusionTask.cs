using Experiments.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.Training.Fusion;

/// <summary>
/// Classifies an utterance by its text, video and audio: each modality of the feature store is pooled by attention over its real frames, and
/// the pooled vectors are mixed by learned gates. Adam, cross-entropy, gradients clipped to length 1.
/// </summary>
/// <remarks>
/// Settings: <c>learning_rate</c> (default 0.002), <c>hidden</c> (128), <c>heads</c> (4), <c>dropout</c> (0.4). Weights over whole frames of video
/// and audio learn ten times slower: they have thousands of inputs each, and Adam, which moves every weight by the same amount, would
/// otherwise learn the samples by heart through them before the text has had its say.
/// </remarks>
internal sealed class UtteranceFusionTask : ITrainingTask
{
    public const string Name = "utterance-fusion";
    private const double LongestGradient = 1.0, WholeFrameRate = 0.1;

    private FusionModel? model;
    private optim.Optimizer? optimizer;
    private string label = "";

    public void Initialize(TrainingContext context, TrainingData data)
    {
        model = new FusionModel(new FusionShape
        {
            Modalities = [.. data.Train.Fields.Where(field => field.Ragged)],
            Classes = data.Classes.Count,
            Hidden = (long)context.Setting("hidden", 128, 1, 65536),
            Heads = (long)context.Setting("heads", 4, 1, 256),
            Dropout = context.Setting("dropout", 0.4, 0, 0.95),
        });
        model.to(context.Device);
        label = data.LabelField;
        optimizer = CreateOptimizer(model, context.Setting("learning_rate", 0.002, 0, 10));
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

    private static Adam CreateOptimizer(FusionModel model, double rate)
    {
        var slow = model.Encoders.Where(encoder => encoder.PoolsWholeFrames).SelectMany(encoder => encoder.parameters()).ToList();
        var slowHandles = slow.Select(parameter => parameter.Handle).ToHashSet();
        return optim.Adam(
        [
            new Adam.ParamGroup(model.parameters().Where(parameter => !slowHandles.Contains(parameter.Handle)), new Adam.Options { LearningRate = rate }),
            new Adam.ParamGroup(slow, new Adam.Options { LearningRate = rate * WholeFrameRate }),
        ]);
    }
}
