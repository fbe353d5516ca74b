using static TorchSharp.torch;

namespace Experiments.Data.Pooling;

/// <summary>Tensors whose memory the loader writes by itself.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>An uninitialised tensor of one dimension on the CPU, owned by the caller and by no dispose scope.</summary>
    public static Tensor Allocate(long elements, ScalarType type) => empty(elements, dtype: type, device: CPU).DetachFromDisposeScope();

    /// <summary>Address of a contiguous CPU tensor's first element. (Tensor.bytes alone ends at 2 GiB.)</summary>
    public static byte* Address(Tensor tensor)
    {
        using var first = tensor.as_strided([1], [1]).DetachFromDisposeScope();
        fixed (byte* start = first.bytes)
        {
            return start;
        }
    }
}
