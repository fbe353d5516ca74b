namespace Experiments.Engine.Journal;

/// <summary>Writes files whole or not at all: to a temporary name beside them, then moved.</summary>
public static class AtomicFile
{
    /// <summary>Writes text as UTF-8.</summary>
    /// <param name="path">The file; replaced when it is there.</param>
    /// <param name="text">The text.</param>
    /// <param name="flush">Whether it must survive a crash of the machine.</param>
    /// <exception cref="IOException">It cannot be written; the old file, if any, is untouched.</exception>
    public static void WriteAllText(string path, string text, bool flush = false) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), flush);

    /// <summary>Writes by a stream.</summary>
    /// <param name="path">The file; replaced when it is there.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="flush">Whether it must survive a crash of the machine.</param>
    /// <exception cref="IOException">It cannot be written; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write, bool flush = false)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.Delete(temporary); // what lies there may be a pipe, on which opening waits
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flush);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
