using Experiments.Data;
using Experiments.Data.FeatureStores;
using Experiments.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OwnTask;

/// <summary>The dialogue act from the mean of the words' vectors alone: a linear classifier, the simplest thing that can be learned.</summary>
public sealed class BagOfWords : ITrainingTask
{
    private const string Text = "text";
    private Linear? classifier;
    private optim.Optimizer? optimizer;

    /// <summary>The text alone is loaded; video and audio are left where they are.</summary>
    public TrainingData OpenData(TrainingContext context) =>
        FeatureStoreData.Open(context, new FeatureSelection { Modalities = [Text], Padding = PaddingMode.Longest });

    /// <summary>Makes model and optimiser; <c>learning_rate</c> may be an axis of the matrix.</summary>
    public void Initialize(TrainingContext context, TrainingData data)
    {
        var features = data.Train.Fields.Single(field => field.Name == Text).Shape[1];
        classifier = nn.Linear(features, data.Classes.Count);
        classifier.to(context.Device);
        optimizer = optim.Adam(classifier.parameters(), lr: context.Setting("learning_rate", 0.01));
    }

    /// <summary>One step of Adam.</summary>
    public Tensor TrainStep(Batch batch)
    {
        optimizer!.zero_grad();
        var loss = nn.functional.cross_entropy(Logits(batch), batch["label"]);
        loss.backward();
        optimizer.step();
        return loss;
    }

    /// <summary>The most likely class.</summary>
    public Tensor Predict(Batch batch) => Logits(batch).argmax(dim: 1);

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        optimizer?.Dispose();
        classifier?.Dispose();
    }

    private Tensor Logits(Batch batch)
    {
        var words = batch.Lengths(Text).clamp_min(1).unsqueeze(1);
        return classifier!.call(batch[Text].sum(dim: 1) / words); // padding is zero and adds nothing
    }
}
