using Experiments.Data.Collation;
using Experiments.Data.Sources;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Sources;

public sealed class ListSourceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_collator_of_the_user_writes_samples_of_any_list(int workers)
    {
        string[] words = ["be", "a", "loader"];
        using var loader = BatchLoader.Create(new ListSource<string>(words, new Letters()), new LoaderOptions { BatchSize = 3, NumWorkers = workers });
        using var batch = loader.Single();
        Assert.Equal([3, 6], batch["letters"].shape);
        Assert.Equal("be----a-----loader", new string([.. batch["letters"].data<byte>().Select(letter => (char)letter)]));
        Assert.Equal([2L, 1L, 6L], batch.Lengths("letters").data<long>().ToArray());
        Assert.Equal(ScalarType.BFloat16, batch["half"].dtype);
        Assert.Equal([1f, 0.5f, 3f], batch["half"].to(ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void Columns_of_other_lengths_or_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ColumnSource(Column.Of<int>("a", new int[3]), Column.Of<int>("b", new int[4])));
        Assert.Throws<ArgumentException>(() => Column.Of<int>("a", new int[3], 2));
        Assert.Throws<ArgumentException>(() => new ColumnSource());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubsetSource(new ColumnSource(Column.Of<int>("a", new int[3])), [0, 3]));
    }

    [Fact]
    public void A_column_can_be_converted()
    {
        var column = Column.Of<double>("a", new double[] { 1, 2.5, -3, 4 }, 2);
        using var loader = BatchLoader.Create(new ColumnSource(column.With(column.Spec with { Type = ScalarType.Float16 })), new LoaderOptions { BatchSize = 2 });
        using var batch = loader.Single();
        Assert.Equal([2, 2], batch["a"].shape);
        Assert.Equal([1f, 2.5f, -3f, 4f], batch["a"].to(ScalarType.Float32).data<float>().ToArray());
    }

    private sealed class Letters : ICollator<string>
    {
        public IReadOnlyList<FieldSpec> Fields { get; } =
        [
            new FieldSpec { Name = "letters", Type = ScalarType.Byte, Shape = [20], Ragged = true, Padding = PaddingMode.Longest, PaddingValue = '-' },
            new FieldSpec { Name = "half", Type = ScalarType.BFloat16 },
        ];

        public int Length(string sample, int field) => sample.Length;

        public void Write(string sample, SampleWriter writer)
        {
            sample.Select(letter => (byte)letter).ToArray().CopyTo(writer.Destination<byte>(0, sample.Length));
            writer.Write(1, sample.Length / 2.0);
        }
    }
}
