using System.Diagnostics;
using Experiments.Data.Numpy;
using static TorchSharp.torch;

namespace Experiments.Bench.Loader;

/// <summary>TorchSharp's own loader as a peer.</summary>
internal static class TorchSharpPeer
{
    public static PeerResult Run(PeerRun run)
    {
        empty(1).Dispose();
        using var data = new Features(run);
        using var loader = utils.data.DataLoader(data, run.BatchSize, shuffle: true, num_worker: run.Workers);
        var epochs = new double[run.Epochs];
        var first = 0.0;
        long bytes = 0;
        for (var epoch = 0; epoch < run.Epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var batch in loader)
            {
                first = first == 0 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : first;
                bytes = Math.Max(bytes, batch.Values.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize));
                Consumer.Compute(run.ComputeMs);
            }

            epochs[epoch] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return new PeerResult { EpochSeconds = epochs, FirstBatchMs = first, Samples = run.Samples, BatchBytes = bytes };
    }

    /// <summary>Rows of arrays as tensors; the quickest way that TorchSharp offers: a copy into an empty tensor.</summary>
    private sealed class Features(PeerRun run) : utils.data.Dataset
    {
        private readonly Dictionary<string, NpyArray> _arrays = Directory
            .EnumerateFiles(Path.Combine(run.Data, run.Scenario.Replace("-mmap", string.Empty, StringComparison.Ordinal)), "*.npy")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, NpyArray.Open);

        public override long Count => run.Samples;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            var rows = _arrays.First().Value.Rows;
            return _arrays.ToDictionary(array => array.Key, array => Row(array.Value, index % rows));
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var array in _arrays.Values)
            {
                array.Dispose();
            }

            base.Dispose(disposing);
        }

        private static Tensor Row(NpyArray array, long index)
        {
            var tensor = empty([.. array.Shape.Skip(1)], array.Type);
            if (array.Type == ScalarType.Float32)
            {
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(array.Read<float>(index, 1)).CopyTo(tensor.bytes);
            }
            else
            {
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(array.Read<long>(index, 1)).CopyTo(tensor.bytes);
            }

            return tensor;
        }
    }
}
