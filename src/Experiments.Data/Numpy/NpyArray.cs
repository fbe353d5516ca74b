using System.Runtime.InteropServices;
using Experiments.Data.Collation;
using Experiments.Data.Pooling;
using static TorchSharp.torch;

namespace Experiments.Data.Numpy;

/// <summary>An array of a numpy file, little-endian and in C order, mapped or read. Its memory ends with <see cref="Dispose"/>.</summary>
public sealed unsafe class NpyArray : IDisposable
{
    private const int Alignment = 64;

    private readonly MappedFile? _map;
    private readonly bool _ownsMap;
    private readonly byte[]? _copy;
    private readonly GCHandle _pin;
    private byte* _owned;
    private byte* _data;

    private NpyArray(string file, NpyHeader header, MappedFile map, long dataOffset, bool ownsMap)
        : this(file, header)
    {
        (_map, _ownsMap) = (map, ownsMap);
        DataOffset = dataOffset;
        _data = map.Start + dataOffset;
    }

    private NpyArray(string file, NpyHeader header, byte[] copy)
        : this(file, header)
    {
        _copy = copy;
        _pin = GCHandle.Alloc(_copy, GCHandleType.Pinned);
        _data = (byte*)_pin.AddrOfPinnedObject() + header.DataOffset;
    }

    private NpyArray(string file, NpyHeader header, byte* owned)
        : this(file, header) => _data = _owned = owned;

    private NpyArray(string file, NpyHeader header)
    {
        File = file;
        Type = header.Type;
        Shape = header.Shape;
        Rows = header.Shape.Length == 0 ? 1 : header.Shape[0];
        RowElements = header.Shape.Length == 0 ? 1 : header.Shape.AsSpan(1).Product();
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>Element type.</summary>
    public ScalarType Type { get; }

    /// <summary>Shape of the array.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Length of the first dimension; 1 for a scalar.</summary>
    public long Rows { get; }

    /// <summary>Elements for each index of the first dimension.</summary>
    public long RowElements { get; }

    internal byte* Data => _data is not null || Rows * RowElements == 0 ? _data : throw new ObjectDisposedException(nameof(NpyArray));

    internal long RowBytes => RowElements * Elements.Size(Type);

    internal MappedFile? Map => _map;

    internal long DataOffset { get; }

    /// <summary>Opens an <c>.npy</c> file, which must not change while it is open: how much of a sample is zeros at its end is remembered.</summary>
    /// <exception cref="DataFormatException">It is missing, damaged, in Fortran order, or of an unknown element type.</exception>
    public static NpyArray Open(string path)
    {
        var map = new MappedFile(path);
        try
        {
            return At(path, map, 0, map.Length, ownsMap: true);
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads an <c>.npy</c> file into memory of this process: for arrays that fit and are read often, for the system can give such memory
    /// in large pages, and a file's only in small ones.
    /// </summary>
    /// <exception cref="DataFormatException">It is missing, damaged, in Fortran order, or of an unknown element type.</exception>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    public static NpyArray Load(string path)
    {
        using var mapped = Open(path);
        var bytes = mapped.Rows * mapped.RowBytes;
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);
        PageAdvice.UseHuge(memory, bytes);
        Buffer.MemoryCopy(mapped._data, memory, bytes, bytes);
        return new NpyArray(path, new NpyHeader(mapped.Type, [.. mapped.Shape], 0), memory);
    }

    /// <summary>Rows of the array as a span of its own element type.</summary>
    /// <exception cref="ArgumentException">The element type is another one.</exception>
    public ReadOnlySpan<T> Read<T>(long firstRow, long rows)
        where T : unmanaged
    {
        if (Elements.Of<T>() != Type)
        {
            throw new ArgumentException($"{File} has elements of type {Type}, not {typeof(T).Name}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + rows, Rows, nameof(rows));
        return new ReadOnlySpan<T>(Data + (firstRow * RowBytes), checked((int)(rows * RowElements)));
    }

    /// <summary>Ends the mapping. Nothing may read the array any more.</summary>
    public void Dispose()
    {
        _data = null;
        NativeMemory.AlignedFree(_owned);
        _owned = null;
        if (_ownsMap)
        {
            _map!.Dispose();
        }

        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }

    /// <summary>The array in a part of a mapped file.</summary>
    internal static NpyArray At(string file, MappedFile map, long offset, long length, bool ownsMap)
    {
        var header = NpyHeader.Parse(new ReadOnlySpan<byte>(map.Start + offset, (int)Math.Min(length, 1 << 20)), file);
        CheckSize(file, header, length);
        return new NpyArray(file, header, map, offset + header.DataOffset, ownsMap);
    }

    /// <summary>The array in memory.</summary>
    internal static NpyArray Of(string file, byte[] content)
    {
        var header = NpyHeader.Parse(content, file);
        CheckSize(file, header, content.Length);
        return new NpyArray(file, header, content);
    }

    private static void CheckSize(string file, NpyHeader header, long length)
    {
        long expected;
        try
        {
            expected = header.DataOffset + header.DataBytes;
        }
        catch (OverflowException)
        {
            throw new DataFormatException(DataFault.WrongShape, file, "shape", "a size below 2^63 bytes", $"({string.Join(", ", header.Shape)})");
        }

        if (length != expected)
        {
            throw new DataFormatException(DataFault.WrongSize, file, "size", $"{expected} bytes for shape ({string.Join(", ", header.Shape)})", $"{length} bytes");
        }
    }
}
