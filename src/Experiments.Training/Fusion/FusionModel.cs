using Experiments.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments.Training.Fusion;

/// <summary>
/// Each modality's vector <c>h</c> is weighed by a gate that sees all of them, <c>Σ sigmoid(W·[h…]) ⊙ h</c>
/// (gated multimodal units, Arevalo et al. 2017, <see href="https://arxiv.org/abs/1702.01992"/>), then classified.
/// </summary>
internal sealed class FusionModel : Module<Batch, Tensor>
{
    private readonly IReadOnlyList<FieldSpec> modalities;
    private readonly ModuleList<ModalityEncoder> encoders = new();
    private readonly ModuleList<Linear> gates = new();
    private readonly Dropout dropout;
    private readonly Linear classifier;

    public FusionModel(FusionShape shape)
        : base(nameof(FusionModel))
    {
        modalities = shape.Modalities;
        foreach (var modality in modalities)
        {
            encoders.Add(new ModalityEncoder(modality, shape));
            gates.Add(Linear(shape.Hidden * modalities.Count, shape.Hidden));
        }

        dropout = Dropout(shape.Dropout);
        classifier = Linear(shape.Hidden, shape.Classes);
        RegisterComponents();
    }

    public IEnumerable<ModalityEncoder> Encoders => encoders;

    public override Tensor forward(Batch batch)
    {
        var vectors = modalities.Select((modality, i) => encoders[i].call(batch[modality.Name], batch.Mask(modality.Name))).ToArray();
        var together = cat(vectors, dim: 1);
        var fused = vectors.Select((vector, i) => sigmoid(gates[i].call(together)) * vector).Aggregate((sum, part) => sum + part);
        return classifier.call(dropout.call(fused));
    }
}
