namespace Experiments.Datasets.Meld;

/// <summary>An utterance fit for use.</summary>
/// <param name="Dialogue">MELD's number of the dialogue.</param>
/// <param name="Number">Its number in the dialogue.</param>
/// <param name="Text">The words.</param>
/// <param name="Label">The dialogue act.</param>
/// <param name="Duration">How long it takes.</param>
internal sealed record Utterance(string Dialogue, string Number, string Text, string Label, TimeSpan Duration);
