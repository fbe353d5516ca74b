using CsCheck;
using Experiments.Data;
using Experiments.Data.FeatureStores;
using Experiments.Datasets.Stores;
using Experiments.Training.Tests.Support;

namespace Experiments.Training.Tests.Running;

[Trait("Needs", "torchsharp")]
public sealed class StoreRoundTripTests : IDisposable
{
    private const int Features = 3, MaxFrames = 5;
    private readonly string folder = Directory.CreateTempSubdirectory("experiments-roundtrip-").FullName;

    [Fact]
    public void Frames_that_were_written_come_out_of_the_loader_bit_by_bit()
    {
        TrainingParts.TorchSharp();
        var value = Gen.Float.Where(float.IsFinite);
        var sample = Gen.Int[0, MaxFrames].SelectMany(frames => value.Array[frames * Features]);
        var number = 0;
        sample.Array[1, 9].Sample(drawn =>
        {
            var place = Path.Combine(folder, $"{number++}");
            Write(place, drawn);
            using var store = FeatureStore.Open(place);
            using var loader = BatchLoader.Create(store.Source(Split.Train), new LoaderOptions { BatchSize = 4, NumWorkers = number % 3 });
            var seen = new List<float[]>();
            foreach (var batch in loader)
            {
                using (batch)
                {
                    var lengths = batch.Lengths("text").data<long>().ToArray();
                    var frames = batch["text"].data<float>().ToArray();
                    var padded = frames.Length / batch.Count;
                    for (var i = 0; i < batch.Count; i++)
                        seen.Add(frames[(i * padded)..((i * padded) + ((int)lengths[i] * Features))]);
                }
            }

            Assert.Equal(drawn.Select(Bits), seen.Select(Bits));
        }, iter: 40, threads: 1);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static void Write(string place, float[][] samples)
    {
        using var writer = new FeatureStoreWriter(place, new StoreDescription
        {
            Name = "drawn",
            Classes = ["only"],
            Modalities = [new ModalityDescription { Name = "text", Features = Features, MaxFrames = MaxFrames, Synthetic = true }],
        });
        foreach (var (i, frames) in samples.Index())
            writer.Append(new StoredSample { Id = $"{i}", Split = "train", Label = "only" }, [frames]);
        writer.Complete();
    }
}
