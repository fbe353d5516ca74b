namespace Experiments.EndToEnd.Tests.Running;

/// <summary>What is left of trials.</summary>
internal static class TrialProcesses
{
    /// <summary>Processes whose environment names the folder: all that a trial started, wherever they have gone.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "environ")).Contains(folder, StringComparison.Ordinal))
                    found.Add(File.ReadAllText(Path.Combine(process, "cmdline")));
            }
            catch (IOException)
            {
                // ended meanwhile
            }
            catch (UnauthorizedAccessException)
            {
                // another user's
            }
        }

        return found;
    }
}
