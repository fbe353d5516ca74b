namespace Experiments.Datasets.Stores;

/// <summary>Fills the frames of one modality of one sample.</summary>
/// <param name="sample">Number of the sample, from 0.</param>
/// <param name="modality">Number of the modality, from 0.</param>
/// <param name="frames">To fill, row after row; holds old values.</param>
internal delegate void FillFrames(int sample, int modality, Span<float> frames);
