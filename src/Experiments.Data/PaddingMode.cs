namespace Experiments.Data;

/// <summary>How far the samples of a ragged field are padded.</summary>
public enum PaddingMode
{
    /// <summary>To the field's maximum: every batch has the same shape.</summary>
    Maximum,

    /// <summary>To the longest sample of the batch (at least 1): less memory and less computation, another shape each batch.</summary>
    Longest,
}
