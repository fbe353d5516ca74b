using System.Text;
using Experiments.Shared;

namespace Experiments.Slurm.Causes;

/// <summary>What the last attempt of a job printed; a requeued job's log has those of the earlier ones before it.</summary>
internal static class LogOfAttempt
{
    /// <summary>The beginning of each attempt's first line.</summary>
    public const string Mark = "experiments: attempt ";

    private const int MostBytes = 64 << 10;

    /// <summary>Reads it; empty where there is none.</summary>
    /// <param name="path">The log.</param>
    public static string Read(string path)
    {
        try
        {
            using var file = PlainFile.TryOpen(path);
            if (file is null)
                return "";
            file.Position = Math.Max(0, file.Length - MostBytes);
            var buffer = new byte[MostBytes];
            return Last(Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The part of the last attempt.</summary>
    /// <param name="log">The whole log.</param>
    internal static string Last(string log) => log.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? log[at..] : log;
}
