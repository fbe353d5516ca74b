using System.Diagnostics;
using Experiments.Core.Events;

namespace Experiments.Training.Tests.Support;

/// <summary>The training host as the engine starts it.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("experiments-host-").FullName;
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private HostProcess(IEnumerable<string> arguments, string? measureSeconds = null)
    {
        var start = new ProcessStartInfo(Built.Host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EXPERIMENTS_EVENTS"] = EventsFile;
        start.Environment["EXPERIMENTS_ARTIFACTS"] = folder;
        start.Environment["EXPERIMENTS_MEASURE_SECONDS"] = measureSeconds;
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    public string EventsFile => Path.Combine(folder, "events.jsonl");

    public string Artifact(string name) => File.ReadAllText(Path.Combine(folder, name));

    public IReadOnlyList<TrialEvent> Events =>
        [.. File.ReadAllLines(EventsFile).Select(line => TrialEventJson.Read(System.Text.Encoding.UTF8.GetBytes(line))).OfType<TrialEvent>()];

    public static HostProcess Start(params string[] arguments) => new(arguments);

    /// <summary>A run on a dataset; further options replace the usual ones.</summary>
    public static HostProcess Train(string dataset, params string[] further) => Start(Arguments(dataset, further));

    /// <summary>The same, which is to measure for some seconds.</summary>
    public static HostProcess Measure(string dataset, string seconds, params string[] further) => new(Arguments(dataset, further), seconds);

    private static string[] Arguments(string dataset, string[] further)
    {
        string[][] usual = [["--task", "utterance-fusion"], ["--dataset", "MELD-DA"], ["--dataset_path", dataset], ["--batch_size", "16"], ["--device", "cpu"]];
        return ["run", .. usual.Where(option => !further.Contains(option[0])).SelectMany(option => option), .. further];
    }

    /// <summary>A run whose events, artifacts and output all go to a disk that takes nothing.</summary>
    public static async Task<int> TrainOnFullDiskAsync(string dataset, params string[] further)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" > /dev/full 2>&1", Built.Host, .. Arguments(dataset, further)]);
        start.Environment["EXPERIMENTS_EVENTS"] = "/dev/full";
        start.Environment["EXPERIMENTS_ARTIFACTS"] = "/dev/full";
        using var host = Process.Start(start)!;
        await host.WaitForExitAsync(TestContext.Current.CancellationToken);
        return host.ExitCode;
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
