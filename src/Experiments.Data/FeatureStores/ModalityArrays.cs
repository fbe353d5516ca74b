using Experiments.Data.Numpy;
using static TorchSharp.torch;

namespace Experiments.Data.FeatureStores;

/// <summary>The two files of a modality: frames of all samples, and where each sample begins.</summary>
internal sealed record ModalityArrays(NpyArray Frames, long[] Offsets)
{
    /// <exception cref="DataFormatException">A file is missing or damaged, has another type, shape or size, or offsets fall.</exception>
    public static ModalityArrays Open(string folder, string name, Modality modality, int samples)
    {
        var offsets = ReadOffsets(Path.Combine(folder, name + "_offsets.npy"), samples);
        var frames = NpyArray.Open(Path.Combine(folder, name + ".npy"));
        try
        {
            Require(frames.Type == ScalarType.Float32, DataFault.WrongType, frames.File, "descr", "<f4 (float32)", frames.Type.ToString());
            Require(frames.Shape.Count == 2 && frames.RowElements == modality.Features, DataFault.WrongShape, frames.File, "shape", $"(frames, {modality.Features})", Text(frames));
            Require(offsets[^1] == frames.Rows, DataFault.BadOffsets, frames.File, "shape", $"{offsets[^1]} frames, where the offsets end", $"{frames.Rows}");
            return new ModalityArrays(frames, offsets);
        }
        catch
        {
            frames.Dispose();
            throw;
        }
    }

    private static long[] ReadOffsets(string file, int samples)
    {
        using var array = NpyArray.Open(file);
        Require(array.Type == ScalarType.Int64, DataFault.WrongType, file, "descr", "<i8 (int64)", array.Type.ToString());
        Require(array.Shape.Count == 1 && array.Rows == samples + 1L, DataFault.WrongShape, file, "shape", $"({samples + 1},)", Text(array));
        var offsets = array.Read<long>(0, array.Rows).ToArray();
        Require(offsets[0] == 0, DataFault.BadOffsets, file, "offset 0", "0", $"{offsets[0]}");
        for (var i = 1; i < offsets.Length; i++)
        {
            Require(offsets[i] >= offsets[i - 1], DataFault.BadOffsets, file, $"offset {i}", $"at least {offsets[i - 1]}", $"{offsets[i]}");
        }

        return offsets;
    }

    private static string Text(NpyArray array) => $"({string.Join(", ", array.Shape)})";

    private static void Require(bool holds, DataFault fault, string file, string field, string expected, string found)
    {
        if (!holds)
        {
            throw new DataFormatException(fault, file, field, expected, found);
        }
    }
}
