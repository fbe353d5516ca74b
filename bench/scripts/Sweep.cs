using System.Diagnostics;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Bench.Scripts;

/// <summary>One case swept in one world by the built command, in a folder of its own.</summary>
internal sealed record Sweep
{
    /// <summary>The folder, with a copy of the corpus.</summary>
    public required string Folder { get; init; }

    /// <summary>What the command printed.</summary>
    public required string Output { get; init; }

    /// <summary>What it wrote; null when it stopped before.</summary>
    public required SweepReport? Report { get; init; }

    public IReadOnlyList<TrialResult> Trials => Report?.Sweep.Trials ?? [];

    public IEnumerable<Diagnostic> Diagnostics =>
        Trials.SelectMany(trial => trial.Diagnostics).Concat(Report?.Assessment.Diagnostics ?? []).Distinct();

    public static Sweep Run(Case one, World world, string folder)
    {
        Corpus.CopyTo(folder);
        File.WriteAllText(Path.Combine(folder, "sweep.yaml"), Definition(one, world));
        var command = $"{(one.OpenFiles is { } files ? $"ulimit -Sn {files}; " : "")}dotnet exec '{Tool}' run sweep.yaml 2>&1; exit $?"; // not exec: the shell still has the limit that .NET raises for itself
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["OWN_CLOCK"] = Path.Combine(folder, "clock");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var results = Path.Combine(folder, ".experiments");
        var file = Directory.Exists(results) ? Directory.GetFiles(results, "results.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).SingleOrDefault() : null;
        return new Sweep { Folder = folder, Output = output, Report = file is null ? null : Read(file) };
    }

    private static SweepReport Read(string file)
    {
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.SweepReport)!;
    }

    private static string Tool
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/<project>/<configuration>
            return Path.Combine(output.Parent!.Parent!.FullName, "Experiments.Tool", output.Name, "Experiments.Tool.dll");
        }
    }

    private static string Definition(Case one, World world)
    {
        var train = one.Train.ToList();
        if (!train.Exists(line => line.StartsWith("pytorch:", StringComparison.Ordinal)))
            train.Add($"pytorch: {one.Script}");
        return $"""
            name: {one.Name.Replace('_', '-')}
            train:
              python: {world.Python}
              warmup_steps: 2
              steps: {one.Steps}
              {string.Join("\n  ", train)}
            matrix: {(one.Workers.Count > 0 ? $"{{num_workers: [{string.Join(", ", one.Workers)}]}}" : "{pin_memory: [false]}")}
            limits: {"{"}timeout: 90s{(one.Limits is { } limits ? ", " + limits : "")}{"}"}

            """;
    }
}
