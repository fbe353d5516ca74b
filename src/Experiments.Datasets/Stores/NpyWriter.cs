using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Datasets.Stores;

/// <summary>Writes a <c>.npy</c> file (version 1.0, C order) whose number of rows is known only at the end.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="long"/>.</typeparam>
/// <remarks>
/// The header takes 128 bytes, so that the data stay aligned and the shape can be written last:
/// <see href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html"/>.
/// </remarks>
public sealed class NpyWriter<T> : IDisposable
    where T : unmanaged
{
    private const int HeaderBytes = 128;
    private readonly FileStream file;
    private readonly int columns;

    /// <summary>Creates the file.</summary>
    /// <param name="path">The file; it must not exist.</param>
    /// <param name="columns">Values a row; 0 for a one-dimensional array.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="float"/> nor <see cref="long"/>.</exception>
    public NpyWriter(string path, int columns = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        _ = TypeDescriptor;
        this.columns = columns;
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        file.Write(new byte[HeaderBytes]);
    }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    private static string TypeDescriptor =>
        typeof(T) == typeof(float) ? "<f4" :
        typeof(T) == typeof(long) ? "<i8" :
        throw new NotSupportedException($"A feature store holds float32 and int64, not {typeof(T).Name}.");

    /// <summary>Appends whole rows.</summary>
    /// <param name="values">Row after row.</param>
    /// <exception cref="ArgumentException">The values do not make whole rows.</exception>
    public void Append(ReadOnlySpan<T> values)
    {
        var width = Math.Max(columns, 1);
        if (values.Length % width != 0)
            throw new ArgumentException($"{values.Length} values do not make whole rows of {width}.", nameof(values));
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Feature stores are little-endian, as this machine is not.");
        file.Write(MemoryMarshal.AsBytes(values));
        Rows += values.Length / width;
    }

    /// <summary>Writes the header with the final shape.</summary>
    public void Complete()
    {
        file.Flush();
        file.Position = 0;
        file.Write(Header());
        file.Flush();
    }

    /// <summary>Closes the file; without <see cref="Complete"/> it is no valid array.</summary>
    public void Dispose() => file.Dispose();

    private byte[] Header()
    {
        var shape = columns == 0 ? string.Create(CultureInfo.InvariantCulture, $"({Rows},)") : string.Create(CultureInfo.InvariantCulture, $"({Rows}, {columns})");
        var text = $"{{'descr': '{TypeDescriptor}', 'fortran_order': False, 'shape': {shape}, }}";
        var header = new byte[HeaderBytes];
        header.AsSpan().Fill((byte)' ');
        header[0] = 0x93;
        "NUMPY\u0001\0"u8.CopyTo(header.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), HeaderBytes - 10);
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }
}
