namespace Experiments.Engine.Journal;

/// <summary>A file that one process holds for itself. The system gives it back when its holder dies, however it dies.</summary>
internal static class HeldFile
{
    // What the runtime makes of a file that somebody holds: errno of Linux and macOS, and the two of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>Takes the file, which is made where it is missing; null when another process has it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be opened, whoever has it: a full disk, a folder that is gone.</exception>
    internal static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            return TryTakeOfOther(path);
        }
        catch (IOException exception) when (Held.Contains(exception.HResult))
        {
            return null;
        }
    }

    /// <summary>Another user's, in a folder for all, can be opened to read only.</summary>
    private static FileStream? TryTakeOfOther(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        }
        catch (IOException exception) when (Held.Contains(exception.HResult))
        {
            return null;
        }
    }
}
