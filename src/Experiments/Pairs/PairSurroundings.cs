using Experiments.Engine.Trainers;

namespace Experiments.Pairs;

/// <summary>What pairs need besides the code of both sides.</summary>
/// <param name="Options">Where they lie.</param>
/// <param name="Trainer">Turns trials into commands.</param>
/// <param name="Explainer">Finds out why a side failed.</param>
/// <param name="Datasets">Absolute folders of the datasets, by name.</param>
internal sealed record PairSurroundings(RunOptions Options, ITrainer Trainer, ITrialExplainer Explainer, IReadOnlyDictionary<string, string> Datasets);
