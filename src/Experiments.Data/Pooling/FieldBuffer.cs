using System.Runtime.CompilerServices;
using Experiments.Data.Collation;
using static TorchSharp.torch;

namespace Experiments.Data.Pooling;

/// <summary>Memory of one tensor of a batch, as large as that tensor can become, and what is known about its padding.</summary>
internal sealed unsafe class FieldBuffer : IDisposable
{
    /// <summary>In shorter rows zeros are written sooner than looked for.</summary>
    public const long LongRow = 16 << 10;

    private readonly Tensor _flat;
    private readonly long[] _written;
    private readonly long[] _reserved;
    private long _rowBytes = -1;

    public FieldBuffer(LayoutField field, Tensor flat, int rows)
    {
        Field = field;
        _flat = flat;
        _written = new long[rows];
        _reserved = new long[rows];
        Array.Fill(_reserved, long.MaxValue);
        Memory = TensorMemory.Address(flat);
        SparesZeros = field.PaddingBits == 0 && field.MaxRowBytes >= LongRow;
    }

    public LayoutField Field { get; }

    public byte* Memory { get; }

    /// <summary>Whether zeros at the end of a sample are padding as well: samples that come padded are mostly that, and it is not written again.</summary>
    public bool SparesZeros { get; }

    /// <summary>Whether rows have padding.</summary>
    public bool IsPadded => Field.Ragged || SparesZeros;

    /// <summary>Whether the whole buffer is zero: it is fresh from the system.</summary>
    public bool IsZero { get; set; }

    /// <summary>The buffer is fresh, and of its rows only a part will be written to: see <see cref="Reserve"/>.</summary>
    public void ReserveRows() => Array.Clear(_reserved);

    /// <summary>
    /// Asks for a row's pages before its data is written, all at once and as many again: a row that is longer than any before in its place has the loader wait for pages,
    /// ever more rarely for many epochs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int row, long dataBytes)
    {
        if (dataBytes > _reserved[row])
        {
            Grow(row, dataBytes);
        }
    }

    /// <summary>Bytes of a row of the batch that is in the buffer now.</summary>
    public long RowBytes => _rowBytes;

    public long Frames { get; private set; }

    /// <summary>Prepares the buffer for a batch. Padding is known only as long as rows stay where they were.</summary>
    public void Begin(long frames)
    {
        var rowBytes = frames * Field.FrameElements * Field.ElementBytes;
        if (IsZero)
        {
            Array.Clear(_written);
            IsZero = false;
        }
        else if (rowBytes != _rowBytes)
        {
            ForgetPadding();
            Array.Fill(_reserved, long.MaxValue);
        }

        _rowBytes = rowBytes;
        Frames = frames;
    }

    /// <summary>Nothing is known about the buffer's padding any more.</summary>
    public void ForgetPadding() => Array.Fill(_written, long.MaxValue);

    /// <summary>Pads a row behind its data, where it is not padded already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pad(int row, long dataBytes, bool streaming)
    {
        var end = Math.Min(_written[row], _rowBytes);
        _written[row] = dataBytes;
        if (end > dataBytes)
        {
            var start = Memory + row * _rowBytes + dataBytes;
            MemoryBlock.Fill(start, (end - dataBytes) / Field.ElementBytes, Field.ElementBytes, Field.PaddingBits, streaming);
        }
    }

    /// <summary>Whether the padding of a few places of each row is as it was left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool PaddingIsIntact(int rows)
    {
        var size = Field.ElementBytes;
        var mask = size == 8 ? ulong.MaxValue : (1UL << (8 * size)) - 1;
        for (var row = 0; row < rows; row++)
        {
            var padding = _rowBytes - _written[row];
            if (padding < size)
            {
                continue;
            }

            var start = Memory + row * _rowBytes + _written[row];
            if (Element(start) != Field.PaddingBits || Element(start + padding - size) != Field.PaddingBits || Element(start + padding / size / 2 * size) != Field.PaddingBits)
            {
                return false;
            }
        }

        return true;

        ulong Element(byte* at)
        {
            ulong bits = 0;
            Buffer.MemoryCopy(at, &bits, size, size);
            return bits & mask;
        }
    }

    /// <summary>A tensor over the first rows, of this memory or of its counterpart on a device; the consumer's to dispose.</summary>
    public Tensor View(int rows, Tensor? counterpart)
    {
        var shape = Field.BatchShape(rows, Frames);
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return (counterpart ?? _flat).as_strided(shape, strides).DetachFromDisposeScope();
    }

    public void Dispose() => _flat.Dispose();

    private void Grow(int row, long dataBytes)
    {
        var (from, to) = (_reserved[row], Math.Min(2 * dataBytes, _rowBytes));
        _reserved[row] = to;
        PageAdvice.Populate(Memory + (row * _rowBytes) + from, to - from);
    }
}
