using Experiments.Core.Diagnostics;
using Experiments.Data;
using Experiments.Data.FeatureStores;

namespace Experiments.Training;

/// <summary>Training and dev samples from a ragged feature store; see docs/feature-store.md.</summary>
public static class FeatureStoreData
{
    /// <summary>
    /// Opens the store at <see cref="TrainingContext.DatasetPath"/>. A batch has each modality with its lengths and mask, and <c>label</c>. The setting
    /// <c>padding</c> is <c>maximum</c> (the default: every batch has the same shape and size) or <c>longest</c> (of the batch).
    /// </summary>
    /// <param name="context">The context of the task.</param>
    /// <param name="selection">Which modalities, of which type; null for all as float32, padded as the setting says.</param>
    /// <exception cref="TrainingException">The folder is no feature store, or the setting has another value.</exception>
    public static TrainingData Open(TrainingContext context, FeatureSelection? selection = null)
    {
        selection ??= new FeatureSelection { Padding = Padding(context.Setting("padding", "maximum")) };
        try
        {
            var store = FeatureStore.Open(context.DatasetPath);
            return new TrainingData
            {
                Train = store.Source(Split.Train, selection),
                Dev = store.Source(Split.Dev, selection),
                Classes = store.Classes,
                LabelField = FeatureStore.LabelField,
                Owner = store,
            };
        }
        catch (DataFormatException problem)
        {
            throw new TrainingException(TrainingDiagnostics.UnreadableDataset, problem.Message, problem);
        }
    }

    private static PaddingMode Padding(string word) => word switch
    {
        "maximum" => PaddingMode.Maximum,
        "longest" => PaddingMode.Longest,
        _ => throw new TrainingException(TrainingDiagnostics.BadSetting, $"padding is '{word}'; it can be maximum or longest."),
    };
}
