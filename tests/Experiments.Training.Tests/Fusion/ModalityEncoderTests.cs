using Experiments.Data;
using Experiments.Training.Fusion;
using Experiments.Training.Tests.Support;
using TorchSharp;

namespace Experiments.Training.Tests.Fusion;

[Trait("Needs", "torchsharp")]
public sealed class ModalityEncoderTests
{
    [Theory]
    [InlineData(16)] // projected frame by frame
    [InlineData(300)] // pooled as they are
    public void Padding_does_not_show_in_the_result(int most)
    {
        TrainingParts.TorchSharp();
        using var scope = torch.NewDisposeScope();
        using var encoder = Create(most);
        var frames = torch.randn(2, 7, 8);
        var padded = torch.cat([frames, torch.full([2, most - 7, 8], 1e6f)], dim: 1);
        var whole = encoder.call(frames, torch.ones(2, 7, dtype: torch.@bool));
        var masked = encoder.call(padded, (torch.arange(most) < 7).expand(2, most));
        Assert.True(torch.allclose(whole, masked, atol: 1e-5), $"{whole.ToString(TensorStringStyle.Julia)} {masked.ToString(TensorStringStyle.Julia)}");
    }

    [Fact]
    public void A_sample_without_frames_gives_numbers()
    {
        TrainingParts.TorchSharp();
        using var scope = torch.NewDisposeScope();
        using var encoder = Create(300);
        var result = encoder.call(torch.zeros(1, 300, 8), torch.zeros(1, 300, dtype: torch.@bool));
        Assert.True(result.isfinite().all().item<bool>());
    }

    private static ModalityEncoder Create(int most)
    {
        torch.random.manual_seed(1);
        var field = new FieldSpec { Name = "audio", Shape = [most, 8], Ragged = true, Mask = true };
        var encoder = new ModalityEncoder(field, new FusionShape { Modalities = [field], Classes = 3, Hidden = 6, Heads = 2, Dropout = 0.5 });
        encoder.eval();
        return encoder;
    }
}
