using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Experiments.Data.Numpy;

/// <summary>The arrays of an <c>.npz</c> file (<c>numpy.savez</c>). Stored arrays are mapped; compressed ones are unpacked into memory when they are opened.</summary>
public sealed unsafe class NpzFile : IDisposable
{
    private const int LocalHeaderBytes = 30;
    private const uint LocalHeader = 0x04034b50;
    private readonly Dictionary<string, NpyArray> _arrays = new(StringComparer.Ordinal);
    private readonly MappedFile _map;
    private long _next;

    private NpzFile(string path)
    {
        _map = new MappedFile(path);
        try
        {
            using var archive = ZipFile.OpenRead(path);
            foreach (var entry in archive.Entries)
            {
                if (entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                {
                    _arrays.Add(entry.FullName[..^4], Open($"{path}:{entry.FullName}", entry));
                }
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or ArgumentException)
        {
            Dispose();
            throw new DataFormatException(DataFault.NotNumpy, path, "archive", "an .npz file", problem.Message.TrimEnd('.'));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Arrays by name.</summary>
    public IReadOnlyDictionary<string, NpyArray> Arrays => _arrays;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataFormatException">It is missing or damaged, or one of its arrays cannot be read.</exception>
    public static NpzFile Open(string path) => new(path);

    /// <summary>Ends the mapping. Nothing may read the arrays any more.</summary>
    public void Dispose()
    {
        foreach (var array in _arrays.Values)
        {
            array.Dispose();
        }

        _map.Dispose();
    }

    private NpyArray Open(string name, ZipArchiveEntry entry)
    {
        if (StoredAt(entry) is { } offset)
        {
            return NpyArray.At(name, _map, offset, entry.Length, ownsMap: false);
        }

        using var stream = entry.Open();
        var content = new byte[entry.Length];
        stream.ReadExactly(content);
        return NpyArray.Of(name, content);
    }

    // The archive's directory does not say where an entry's bytes begin: they follow the entry's own header, and that follows the entry before.
    // Where an archive is laid out otherwise, its arrays are read rather than mapped.
    private long? StoredAt(ZipArchiveEntry entry)
    {
        if (entry.CompressedLength != entry.Length || _next + LocalHeaderBytes > _map.Length)
        {
            return null;
        }

        var header = new ReadOnlySpan<byte>(_map.Start + _next, LocalHeaderBytes);
        var (method, nameBytes, extraBytes) = (Word(header, 8), Word(header, 26), Word(header, 28));
        var data = _next + LocalHeaderBytes + nameBytes + extraBytes;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeader || method != 0 || data + entry.Length > _map.Length)
        {
            return null;
        }

        var name = new ReadOnlySpan<byte>(_map.Start + _next + LocalHeaderBytes, nameBytes);
        _next = data + entry.Length;
        return Encoding.UTF8.GetString(name) == entry.FullName ? data : null;
    }

    private static int Word(ReadOnlySpan<byte> header, int at) => BinaryPrimitives.ReadUInt16LittleEndian(header[at..]);
}
