using Experiments.Data.Collation;
using static TorchSharp.torch;

namespace Experiments.Data.Pooling;

/// <summary>Memory for one batch: a buffer for each of its tensors. One batch at a time owns it.</summary>
internal sealed unsafe class PooledBuffer : IDisposable
{
    public PooledBuffer(BatchLayout layout, int rows, bool hugePages)
    {
        Fields = new FieldBuffer[layout.Fields.Length];
        for (var i = 0; i < Fields.Length; i++)
        {
            var field = layout.Fields[i];
            Fields[i] = new FieldBuffer(field, TensorMemory.Allocate(rows * field.MaxFrames * field.FrameElements, field.Type), rows);
            Fields[i].ForgetPadding();
            if (hugePages)
            {
                HugePages.Advise(Fields[i].Memory, rows * field.MaxRowBytes);
            }
        }
    }

    public FieldBuffer[] Fields { get; }

    /// <summary>Prepares for a batch whose data fields have these frames.</summary>
    public void Begin(ReadOnlySpan<long> frames)
    {
        foreach (var buffer in Fields)
        {
            buffer.Begin(buffer.Field.Ragged ? frames[buffer.Field.Owner] : 1);
        }
    }

    /// <summary>Whether nobody has written into the padding, as far as a few probes can tell.</summary>
    public bool PaddingIsIntact(int rows) => Array.TrueForAll(Fields, buffer => !buffer.Field.Ragged || buffer.PaddingIsIntact(rows));

    public void ForgetPadding()
    {
        foreach (var buffer in Fields)
        {
            buffer.ForgetPadding();
        }
    }

    public Tensor[] Views(int rows) => Array.ConvertAll(Fields, buffer => buffer.View(rows));

    public void Dispose()
    {
        foreach (var buffer in Fields)
        {
            buffer.Dispose();
        }
    }
}
