using Experiments.Data.Collation;
using Experiments.Data.Devices;
using static TorchSharp.torch;

namespace Experiments.Data.Pooling;

/// <summary>Memory for one batch: a buffer for each of its tensors. One batch at a time owns it.</summary>
internal sealed unsafe class PooledBuffer : IDisposable
{
    public PooledBuffer(BatchLayout layout, LoaderOptions options, IDevice? device)
    {
        var rows = options.BatchSize;
        Fields = new FieldBuffer[layout.Fields.Length];
        for (var i = 0; i < Fields.Length; i++)
        {
            var field = layout.Fields[i];
            Fields[i] = new FieldBuffer(field, Allocate(rows * field.MaxFrames * field.FrameElements, field.Type, device), rows);
            if (device?.Pins != true)
            {
                Prepare(Fields[i], rows * field.MaxRowBytes, options.HugePages);
            }
        }

        Device = device?.Copies == true ? new DeviceCopy(device, Fields, rows) : null;
    }

    public FieldBuffer[] Fields { get; }

    /// <summary>The batch's place on a device; null where batches stay on the CPU.</summary>
    public DeviceCopy? Device { get; }

    /// <summary>Prepares for a batch whose data fields have these frames.</summary>
    public void Begin(ReadOnlySpan<long> frames)
    {
        Device?.WaitForHost();
        foreach (var buffer in Fields)
        {
            buffer.Begin(buffer.Field.Ragged ? frames[buffer.Field.Owner] : 1);
        }
    }

    /// <summary>Whether nobody has written into the padding, as far as a few probes can tell.</summary>
    public bool PaddingIsIntact(int rows) => Array.TrueForAll(Fields, buffer => !buffer.IsPadded || buffer.PaddingIsIntact(rows));

    public void ForgetPadding()
    {
        foreach (var buffer in Fields)
        {
            buffer.ForgetPadding();
        }
    }

    /// <summary>A field's tensor, where the consumer wants it; the consumer's to dispose.</summary>
    public Tensor View(int field, int rows) => Fields[field].View(rows, Device?.Flat(field));

    public void Dispose()
    {
        Device?.Dispose();
        foreach (var buffer in Fields)
        {
            buffer.Dispose();
        }
    }

    // Most of a ragged field may be padding: its pages are small, and no more of them are touched than the data has and as many again.
    private static void Prepare(FieldBuffer buffer, long bytes, bool hugePages)
    {
        if (hugePages && !buffer.Field.Ragged)
        {
            PageAdvice.UseHuge(buffer.Memory, bytes);
        }

        buffer.IsZero = buffer.IsPadded && buffer.Field.PaddingBits == 0 && PageAdvice.TryZero(buffer.Memory, bytes);
        if (buffer.IsZero && buffer.Field.Ragged && buffer.Field.MaxRowBytes >= FieldBuffer.LongRow)
        {
            buffer.ReserveRows();
        }
    }

    private static Tensor Allocate(long elements, ScalarType type, IDevice? device) =>
        device is null ? TensorMemory.Allocate(elements, type) : device.AllocateHost(elements, type);
}
