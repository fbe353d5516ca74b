using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Experiments.Bench.Overhead;

/// <summary>A program that runs trials of <c>true</c> and prints the milliseconds from each start to the next.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Peer">The peer, or null for our own.</param>
/// <param name="Command">Program and arguments, by a folder for its files.</param>
internal sealed record Contender(string Name, string? Peer, Func<string, string[]> Command)
{
    /// <summary>GNU parallel, one job at a time; the log's third column is the start in seconds.</summary>
    internal const string ParallelScript =
        """seq "$2" | parallel --will-cite -j1 --joblog "$1/log" true >&2 && awk 'NR > 2 { printf "%.3f ", 1000 * ($3 - last) } { last = $3 }' "$1/log" """;

    /// <summary>A shell's loop: nothing but fork, exec and wait.</summary>
    internal const string AloneScript =
        """i=0; before=$(date +%s%N); while [ $i -lt "$2" ]; do /bin/true; i=$((i+1)); done; after=$(date +%s%N); echo $(((after - before) / $2)) | awk '{ print $1 / 1e6 }'""";

    /// <summary>Why it could not run, or null.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Runs one round; null when the program is missing or failed.</summary>
    internal IReadOnlyList<double>? Run()
    {
        var folder = Directory.CreateTempSubdirectory("experiments-overhead-").FullName;
        try
        {
            var command = Command(folder);
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var figures = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return [.. figures.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
            Fault = $"exit code {process.ExitCode}: {errors.Result.Trim().Split('\n')[^1]}";
        }
        catch (Win32Exception exception)
        {
            Fault = exception.Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return null;
    }

    /// <summary>Prints milliseconds as the parent reads them.</summary>
    /// <param name="milliseconds">The values.</param>
    internal static void Print(IEnumerable<double> milliseconds) =>
        Console.WriteLine(string.Join(' ', milliseconds.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture))));
}
