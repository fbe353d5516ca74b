using static TorchSharp.torch;

namespace Experiments.Data.Tests;

public sealed class TorchSharpTests
{
    [Fact]
    public void TorchSharp_loads_and_computes()
    {
        using var sum = (ones(2, 3) * 2).sum();
        Assert.Equal(12f, sum.item<float>());
    }
}
