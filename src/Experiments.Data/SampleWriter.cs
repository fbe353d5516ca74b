using System.Runtime.CompilerServices;
using Experiments.Data.Collation;
using Experiments.Data.Sampling;
using Experiments.Data.Scheduling;

namespace Experiments.Data;

/// <summary>The place of one sample in a batch's memory. A source writes each of its fields once.</summary>
public readonly unsafe ref struct SampleWriter
{
    private readonly BatchJob _job;
    private readonly int _row;
    private readonly ref ulong _written;

    internal SampleWriter(BatchJob job, int row, ref ulong written)
    {
        _job = job;
        _row = row;
        _written = ref written;
    }

    /// <summary>
    /// A random source for this sample, for augmentation: decided by the loader's seed, the epoch and the position in the epoch alone,
    /// so the same for every number of workers.
    /// </summary>
    public SampleRandom Random => new(_job.Seed, (ulong)_job.Epoch, (ulong)(_job.Start + _row));

    /// <summary>Set when the batch is not wanted any more; sources that take long per sample should heed it.</summary>
    public CancellationToken Cancellation => _job.Cancellation;

    /// <summary>Writes a field: values in C order, converted to the field's element type. A ragged field's number of frames follows from them.</summary>
    /// <exception cref="ArgumentException">The number of values does not fit the field's shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write<T>(int field, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = _job.Buffer.Fields[Claim(field)];
        var frames = Frames(buffer.Field, values.Length);
        var kept = Math.Min(frames, buffer.Frames);
        Conversion.Convert(values[..(int)(kept * buffer.Field.FrameElements)], buffer.Field.Type, buffer.Memory + (_row * buffer.RowBytes), _job.Streaming);
        Finish(buffer.Field, kept);
    }

    /// <summary>Writes a field of one element.</summary>
    public void Write<T>(int field, T value)
        where T : unmanaged => Write(field, new ReadOnlySpan<T>(in value));

    /// <summary>Writes a field's elements as they are in memory: they have the field's element type already.</summary>
    /// <exception cref="ArgumentException">The number of bytes does not fit the field's shape and type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteBytes(int field, ReadOnlySpan<byte> bytes)
    {
        var buffer = _job.Buffer.Fields[Claim(field)];
        var size = buffer.Field.ElementBytes;
        if (bytes.Length % size != 0)
        {
            throw new ArgumentException($"Field '{buffer.Field.Name}' has elements of {size} bytes; {bytes.Length} bytes are not a whole number of them.");
        }

        var kept = Math.Min(Frames(buffer.Field, bytes.Length / size), buffer.Frames);
        fixed (byte* source = bytes)
        {
            MemoryBlock.Copy(source, buffer.Memory + (_row * buffer.RowBytes), kept * buffer.Field.FrameElements * size, _job.Streaming);
        }

        Finish(buffer.Field, kept);
    }

    /// <summary>The field's own memory, to be filled whole by the source; of a ragged field, for a number of frames.</summary>
    /// <param name="field">Index of the field.</param>
    /// <param name="frames">Frames of a ragged field; 1 for any other. More than the batch has room for are refused.</param>
    /// <exception cref="ArgumentException">The field has another element type, or no room for the frames.</exception>
    public Span<T> Destination<T>(int field, int frames = 1)
        where T : unmanaged
    {
        var buffer = _job.Buffer.Fields[Claim(field)];
        if (buffer.Field.Type != Elements.Of<T>())
        {
            throw new ArgumentException($"Field '{buffer.Field.Name}' is {buffer.Field.Type}; {typeof(T).Name} cannot be written in place.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, buffer.Frames);
        Finish(buffer.Field, frames);
        return new Span<T>(buffer.Memory + (_row * buffer.RowBytes), checked((int)(frames * buffer.Field.FrameElements)));
    }

    private int Claim(int field)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)_job.Layout.DataFields, nameof(field));
        var bit = 1UL << field;
        if ((_written & bit) != 0)
        {
            throw new InvalidOperationException($"Field '{_job.Layout.Fields[field].Name}' is written twice.");
        }

        _written |= bit;
        return field;
    }

    private static long Frames(LayoutField field, int values)
    {
        var perFrame = field.FrameElements;
        var frames = values / perFrame;
        if (frames * perFrame != values || (!field.Ragged && frames != 1))
        {
            throw new ArgumentException(field.Ragged
                ? $"Field '{field.Name}' has frames of {perFrame} values; {values} values are not a whole number of them."
                : $"Field '{field.Name}' has {perFrame} values a sample; {values} were written.");
        }

        return frames;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(LayoutField field, long frames)
    {
        if (!field.Ragged)
        {
            return;
        }

        _job.Buffer.Fields[field.Owner].Pad(_row, frames * field.FrameElements * field.ElementBytes, _job.Streaming);
        ((long*)_job.Buffer.Fields[field.LengthsIndex].Memory)[_row] = frames;
        if (field.MaskIndex >= 0)
        {
            var mask = _job.Buffer.Fields[field.MaskIndex];
            new Span<byte>(mask.Memory + (_row * mask.RowBytes), (int)frames).Fill(1);
            mask.Pad(_row, frames, streaming: false);
        }
    }
}
