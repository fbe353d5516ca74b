using Experiments.Data.Adapters;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Adapters;

public sealed class TorchDatasetSourceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_dataset_of_TorchSharp_runs_unchanged_epoch_after_epoch(int workers)
    {
        using var dataset = new Squares();
        using var loader = BatchLoader.Create(new TorchDatasetSource(dataset), new LoaderOptions { BatchSize = 4, NumWorkers = workers });
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var seen = 0;
            foreach (var batch in loader)
            {
                using (batch)
                {
                    for (var row = 0; row < batch.Count; row++, seen++)
                    {
                        Assert.Equal(seen * seen, batch["square"][row].item<int>());
                        Assert.Equal([seen, 7], batch["kept"][row].data<float>().ToArray());
                    }
                }
            }

            Assert.Equal(10, seen);
        }
    }

    [Fact]
    public void A_sample_of_another_shape_is_refused()
    {
        using var dataset = new Squares { Odd = 5 };
        using var loader = BatchLoader.Create(new TorchDatasetSource(dataset), new LoaderOptions { BatchSize = 10 });
        var problem = Assert.Throws<LoaderException>(() => loader.First());
        Assert.Equal(5, problem.SampleIndex);
        Assert.Contains("'square' must be Int32 ()", problem.Message, StringComparison.Ordinal);
    }

    // One tensor is made for each sample, the other is kept by the dataset.
    private sealed class Squares : utils.data.Dataset
    {
        private readonly Tensor[] _kept = [.. Enumerable.Range(0, 10).Select(i => tensor([i, 7f]).DetachFromDisposeScope())];

        public int Odd { get; init; } = -1;

        public override long Count => 10;

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            ["square"] = index == Odd ? zeros(2, dtype: ScalarType.Int32) : tensor((int)(index * index)),
            ["kept"] = _kept[index],
        };

        protected override void Dispose(bool disposing)
        {
            Array.ForEach(_kept, each => each.Dispose());
            base.Dispose(disposing);
        }
    }
}
