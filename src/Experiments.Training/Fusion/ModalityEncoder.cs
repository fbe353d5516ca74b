using Experiments.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments.Training.Fusion;

/// <summary>
/// One vector for the frames of a modality: several heads, each a softmax over the real frames of a learned score plus a learned weight of
/// the position.
/// </summary>
/// <remarks>
/// Short modalities (text) are projected frame by frame before they are pooled. Long ones (video, audio) are pooled as they are: their frames are
/// read only, never copied, and a step costs memory bandwidth rather than arithmetic.
/// </remarks>
internal sealed class ModalityEncoder : Module<Tensor, Tensor, Tensor>
{
    private const long LongestProjected = 128;
    private readonly Linear? projection;
    private readonly Linear scores;
    private readonly Parameter positions;
    private readonly LayerNorm? normalization;
    private readonly Linear output;
    private readonly Dropout dropout;

    public ModalityEncoder(FieldSpec modality, FusionShape shape)
        : base(modality.Name)
    {
        var (frames, features) = (modality.Shape[0], modality.Shape[1]);
        if (frames <= LongestProjected)
        {
            projection = Linear(features, shape.Hidden);
            features = shape.Hidden;
            normalization = LayerNorm(features * shape.Heads);
        }

        scores = Linear(features, shape.Heads, hasBias: false);
        positions = Parameter(zeros(frames, shape.Heads));
        output = Linear(features * shape.Heads, shape.Hidden);
        dropout = Dropout(shape.Dropout);
        RegisterComponents();
    }

    /// <summary>Whether frames are pooled as they are, without a projection before.</summary>
    public bool PoolsWholeFrames => projection is null;

    /// <param name="frames">Samples × frames × features, padded.</param>
    /// <param name="mask">Samples × frames: true where a frame is real. A sample may have none.</param>
    public override Tensor forward(Tensor frames, Tensor mask)
    {
        if (projection is not null)
            frames = functional.relu(projection.call(frames));
        var raw = scores.call(frames) + positions.narrow(0, 0, frames.shape[1]);
        var weights = raw.masked_fill(mask.logical_not().unsqueeze(-1), -1e9).softmax(dim: 1); // finite, or a sample without frames were NaN
        var pooled = bmm(weights.transpose(1, 2), frames).flatten(start_dim: 1);
        return tanh(output.call(dropout.call(normalization is null ? pooled : normalization.call(pooled))));
    }
}
