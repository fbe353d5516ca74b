using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Experiments.Mlflow.Outbox;

/// <summary>
/// Operations on disk in the order in which they came, in files of some megabytes. One writer and one reader, each a single thread.
/// What was written survives the end of the process; a line that was torn by it is skipped. A place to go on from is kept, and
/// what was sent since it was kept is sent again, which changes nothing.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int ReadBytes = 256 * 1024;
    private const string LockName = "lock";
    private const string PositionName = "position.json";
    private readonly string _folder;
    private readonly long _segmentBytes;
    private readonly FileStream _lock;
    // What the runtime makes of a file that somebody holds: errno of Linux and macOS, and the two of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private FileStream? _writer;
    private long _writing;
    private SafeFileHandle? _reader;
    private byte[] _buffer = new byte[ReadBytes];
    private SpoolPosition _position;

    public Spool(string folder, long segmentBytes = 8 << 20)
    {
        (_folder, _segmentBytes) = (folder, segmentBytes);
        Directory.CreateDirectory(folder);
        try
        {
            _lock = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            throw new IOException($"the outbox in '{folder}' is in use by another process", e);
        }

        var segments = Segments();
        _position = ReadPosition() is { } kept && segments.Contains(kept.Segment)
            ? kept
            : new SpoolPosition(segments.Count > 0 ? segments[0] : 1, 0);
        _writing = segments.Count > 0 ? segments[^1] + 1 : 1;
    }

    public void Append(IEnumerable<Operation> operations)
    {
        _writer ??= new FileStream(PathOf(_writing), FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, 1 << 16);
        foreach (var operation in operations)
        {
            JsonSerializer.Serialize(_writer, operation, OperationJson.Default.Operation);
            _writer.WriteByte((byte)'\n');
        }

        _writer.Flush();
        if (_writer.Length >= _segmentBytes)
        {
            _writer.Dispose();
            _writer = null;
            Interlocked.Increment(ref _writing);
        }
    }

    /// <summary>Reads the operation at a place.</summary>
    /// <param name="at">The place; it is moved to the next file where one has ended.</param>
    /// <param name="next">The place behind the operation.</param>
    /// <param name="fault">What is wrong with the line, if it holds no operation.</param>
    /// <returns>The operation; null if there is none, or if there is a fault.</returns>
    public Operation? Read(ref SpoolPosition at, out SpoolPosition next, out string? fault)
    {
        fault = null;
        while (true)
        {
            // Asked before reading: what is written until a file is closed must not be missed.
            var writing = Interlocked.Read(ref _writing);
            next = at;
            if (ReadLine(at) is { } length)
            {
                next = at with { Offset = at.Offset + length + 1 };
                return Parse(_buffer.AsSpan(0, length), out fault);
            }

            // A line without an end in a file that nobody writes any more was torn.
            if (at.Segment >= writing)
            {
                return null;
            }

            at = new SpoolPosition(at.Segment + 1, 0);
        }
    }

    public SpoolPosition Position => _position;

    /// <summary>Keeps the place up to which all is done, and deletes the files before it.</summary>
    public void Advance(SpoolPosition position)
    {
        if (position.Segment != _position.Segment)
        {
            _reader?.Dispose();
            _reader = null;
            foreach (var segment in Segments().TakeWhile(segment => segment < position.Segment))
            {
                File.Delete(PathOf(segment));
            }
        }

        _position = position;
    }

    /// <summary>Keeps the place to go on from. A disk that refuses it costs nothing: an older one stays, and what was sent since is sent again, which changes nothing.</summary>
    public void SavePosition()
    {
        try
        {
            var path = Path.Combine(_folder, PositionName);
            File.WriteAllBytes(path + ".part", JsonSerializer.SerializeToUtf8Bytes(_position, OperationJson.Default.SpoolPosition));
            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // see above
        }
    }

    public void Reject(RejectedOperation rejected)
    {
        using var file = new FileStream(Path.Combine(_folder, "rejected.jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read);
        JsonSerializer.Serialize(file, rejected, OperationJson.Default.RejectedOperation);
        file.WriteByte((byte)'\n');
    }

    /// <summary>Closes the files. If all is done, nothing but refused operations stays in the folder.</summary>
    public void Dispose()
    {
        try
        {
            _writer?.Dispose();
            _reader?.Dispose();
            Tidy();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is written is written; the next one to open the folder tidies up.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private void Tidy()
    {
        var at = _position;
        if (Segments().All(segment => segment < at.Segment || (segment == at.Segment && new FileInfo(PathOf(segment)).Length <= at.Offset)))
        {
            Segments().ForEach(segment => File.Delete(PathOf(segment)));
            File.Delete(Path.Combine(_folder, PositionName));
        }
        else
        {
            SavePosition();
        }
    }

    private int? ReadLine(SpoolPosition at)
    {
        if (_reader is null || _readerSegment != at.Segment)
        {
            _reader?.Dispose();
            _reader = null;
            if (!File.Exists(PathOf(at.Segment)))
            {
                return null;
            }

            _reader = File.OpenHandle(PathOf(at.Segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _readerSegment = at.Segment;
        }

        while (true)
        {
            var read = RandomAccess.Read(_reader, _buffer, at.Offset);
            var end = _buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return end;
            }

            if (read < _buffer.Length)
            {
                return null;
            }

            _buffer = new byte[_buffer.Length * 2];
        }
    }

    private long _readerSegment;

    private static Operation? Parse(ReadOnlySpan<byte> line, out string? fault)
    {
        try
        {
            fault = null;
            return JsonSerializer.Deserialize(line, OperationJson.Default.Operation) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            fault = e.Message;
            return null;
        }
    }

    private SpoolPosition? ReadPosition()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(_folder, PositionName)), OperationJson.Default.SpoolPosition);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private List<long> Segments() =>
    [
        .. Directory.GetFiles(_folder, "segment-*.jsonl")
            .Select(file => long.Parse(Path.GetFileNameWithoutExtension(file)["segment-".Length..], NumberStyles.None, CultureInfo.InvariantCulture))
            .Order(),
    ];

    private string PathOf(long segment) => Path.Combine(_folder, $"segment-{segment.ToString("D8", CultureInfo.InvariantCulture)}.jsonl");
}
