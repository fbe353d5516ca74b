using System.Diagnostics;

namespace Experiments.Processes.ControlGroups;

/// <summary>Writes to control groups where failing is an answer.</summary>
internal static class ControlGroupFiles
{
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromMilliseconds(200);

    /// <summary>Writes a file; false when it is not there or not writable.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What to write.</param>
    internal static bool TryWrite(string path, string text)
    {
        try
        {
            if (!File.Exists(path))
                return false;
            File.WriteAllText(path, text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes a group. The kernel holds on to it for a moment after its last process ended.</summary>
    /// <param name="folder">The group.</param>
    internal static bool TryRemove(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            try
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(1);
            }
        }
        while (Stopwatch.GetElapsedTime(started) < RemovalPatience);
        return false;
    }
}
