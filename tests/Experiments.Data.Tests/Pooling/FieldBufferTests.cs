using Experiments.Data.Collation;
using Experiments.Data.Pooling;
using Experiments.Data.Tests.Support;
using Experiments.Data.Tests.Loading;
using TorchSharp;

namespace Experiments.Data.Tests.Pooling;

[Collection(nameof(LeakTests))] // memory is looked at
public sealed class FieldBufferTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Pages_of_a_row_are_there_before_its_data_is_written_and_no_others_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.OSVersion.Version >= new Version(5, 14), "MADV_POPULATE_WRITE is Linux's, from 5.14 on");
        var layout = new BatchLayout([new FieldSpec { Name = "frames", Shape = [64, 1 << 18], Ragged = true, Padding = PaddingMode.Maximum, Type = torch.ScalarType.Float32 }]);
        using var pooled = new PooledBuffer(layout, new LoaderOptions { BatchSize = 2 }, null);
        pooled.Begin([64]);
        var buffer = pooled.Fields[0];

        Assert.Equal(32, Grown(() => buffer.Reserve(1, 16 * Mebibyte)), 1.0); // as many again as are asked for
        Assert.Equal(0, Grown(() => buffer.Reserve(1, 32 * Mebibyte)), 1.0);
        Assert.Equal(32, Grown(() => buffer.Reserve(1, 40 * Mebibyte)), 1.0); // to the row's end
        Assert.Equal(0, Grown(() => buffer.Reserve(1, 64 * Mebibyte)), 1.0);
        Assert.True(buffer.PaddingIsIntact(2)); // and all of it is zero
    }

    private static double Grown(Action action)
    {
        var before = LoaderThreads.AnonymousBytes();
        action();
        return (LoaderThreads.AnonymousBytes() - before) / (double)Mebibyte;
    }
}
