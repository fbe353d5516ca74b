using System.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Measurements;

namespace Experiments.Slurm;

/// <summary>Moves what a trial left on a node to where a sweep has it. May be done again, where a launcher did not live to journal it.</summary>
internal static class Adoption
{
    /// <summary>Moves a trial's folder.</summary>
    /// <param name="from">Where the node wrote it.</param>
    /// <param name="to">Where it belongs.</param>
    /// <param name="result">The trial's result.</param>
    /// <returns>The result; with a warning where the folder cannot be moved.</returns>
    public static TrialResult Move(TrialFolder from, TrialFolder to, TrialResult result)
    {
        try
        {
            if (!Directory.Exists(from.Path))
                return result; // moved before, or there is none: it could not be made
            if (Directory.Exists(to.Path))
                Directory.Delete(to.Path, recursive: true); // of an earlier result, which counts no more
            Directory.CreateDirectory(Path.GetDirectoryName(to.Path)!);
            Directory.Move(from.Path, to.Path);
            if (File.Exists(to.Script))
                File.WriteAllText(to.Script, File.ReadAllText(to.Script, Encoding.UTF8).Replace(from.Path, to.Path, StringComparison.Ordinal));
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return result with { Diagnostics = [.. result.Diagnostics, EnvironmentDiagnostics.CannotWrite.Warning($"its files stay in '{from.Path}': {exception.Message}")] };
        }
    }

    /// <summary>The events of a trial that has ended, part by part.</summary>
    /// <param name="folder">Its folder.</param>
    public static IEnumerable<IReadOnlyList<TrialEvent>> EventsOf(TrialFolder folder)
    {
        var reader = new EventReader(folder.Events);
        do
        {
            IReadOnlyList<TrialEvent> part;
            try
            {
                part = reader.ReadNew(last: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                yield break; // the node read them, and said so where it could not
            }

            if (part.Count > 0)
                yield return part;
        }
        while (reader.HasMore);
    }
}
