using System.Runtime.CompilerServices;
using Experiments.Data.Collation;
using Experiments.Data.Pooling;
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
    public void Write<T>(int field, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var unknown = 0;
        Write(field, values, ref unknown);
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
        var whole = kept * buffer.Field.FrameElements * size;
        fixed (byte* source = bytes)
        {
            var data = buffer.SparesZeros ? MemoryBlock.WithoutZeros(source, whole) : whole;
            buffer.Reserve(_row, data);
            MemoryBlock.Copy(source, buffer.Memory + (_row * buffer.RowBytes), data, _job.Streaming);
            Finish(buffer, kept, data / size);
        }
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
        buffer.Reserve(_row, frames * buffer.Field.FrameElements * buffer.Field.ElementBytes);
        Finish(buffer, frames, frames * buffer.Field.FrameElements);
        return new Span<T>(buffer.Memory + (_row * buffer.RowBytes), checked((int)(frames * buffer.Field.FrameElements)));
    }

    /// <summary>Writes a field of a sample that does not change, so that the zeros at its end are looked for once.</summary>
    /// <param name="field">Index of the field.</param>
    /// <param name="values">The values.</param>
    /// <param name="end">One more than the number of values before those zeros; 0: not known yet.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Write<T>(int field, ReadOnlySpan<T> values, ref int end)
        where T : unmanaged
    {
        var buffer = _job.Buffer.Fields[Claim(field)];
        var frames = Frames(buffer.Field, values.Length);
        var kept = Math.Min(frames, buffer.Frames);
        var data = values[..(int)(kept * buffer.Field.FrameElements)];
        if (buffer.SparesZeros && kept == frames)
        {
            data = data[..(end > 0 ? end - 1 : WithoutZeros(data))];
            end = data.Length + 1;
        }

        buffer.Reserve(_row, (long)data.Length * buffer.Field.ElementBytes);
        Conversion.Convert(data, buffer.Field.Type, buffer.Memory + (_row * buffer.RowBytes), _job.Streaming);
        Finish(buffer, kept, data.Length);
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

    private static int WithoutZeros<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        fixed (T* first = values)
        {
            return (int)(MemoryBlock.WithoutZeros((byte*)first, (long)values.Length * sizeof(T)) / sizeof(T));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(FieldBuffer buffer, long frames, long elements)
    {
        var field = buffer.Field;
        if (buffer.IsPadded)
        {
            buffer.Pad(_row, elements * field.ElementBytes, _job.Streaming);
        }

        if (!field.Ragged)
        {
            return;
        }

        ((long*)_job.Buffer.Fields[field.LengthsIndex].Memory)[_row] = frames;
        if (field.MaskIndex >= 0)
        {
            var mask = _job.Buffer.Fields[field.MaskIndex];
            new Span<byte>(mask.Memory + (_row * mask.RowBytes), (int)frames).Fill(1);
            mask.Pad(_row, frames, streaming: false);
        }
    }
}
