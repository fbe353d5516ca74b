using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Tool.Running;

/// <summary>What is said when something happens that nobody expected: one coded line; the details are for those who mend the tool, in a file.</summary>
internal static class ToolFailure
{
    /// <summary>Says it.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="output">Where it is said.</param>
    /// <param name="folder">The folder of the sweep that runs, which takes the file; null: the one for temporary files does.</param>
    /// <param name="verbose">Whether the details are printed as well.</param>
    /// <returns><see cref="ExitCodes.ToolFailed"/>.</returns>
    public static int Tell(Exception exception, TextWriter output, string? folder, bool verbose)
    {
        var cause = exception is AggregateException { InnerException: { } inner } ? inner : exception;
        var details = Keep(exception, folder) ?? Keep(exception, Path.GetTempPath());
        output.WriteLine(EnvironmentDiagnostics.ToolFailed.Error(
            $"the tool itself failed, no gate did: {cause.GetType().Name}: {cause.Message.TrimEnd('.')}; {(details is null ? "--verbose prints the details, which no disk took" : $"details: {details}")}"));
        if (verbose)
            output.WriteLine(exception);
        return ExitCodes.ToolFailed;
    }

    /// <summary>Whether it is a file that the user named, or the disk below it; not a part of the tool that is not there.</summary>
    public static bool IsOfTheDisk(Exception exception) => exception switch
    {
        UnauthorizedAccessException => true,
        FileLoadException => false,
        FileNotFoundException { FileName: { } name } => !name.Contains(", Version=", StringComparison.Ordinal), // an assembly's
        IOException => true,
        _ => false,
    };

    private static string? Keep(Exception exception, string? folder)
    {
        if (folder is null)
            return null;
        try
        {
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"experiments-failure-{Environment.ProcessId}.log"));
            File.AppendAllText(file, $"{DateTimeOffset.UtcNow:O} {Environment.CommandLine}\n{exception}\n");
            return file;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
