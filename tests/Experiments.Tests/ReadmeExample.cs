namespace Experiments.Tests;

/// <summary>The README's example: what it shows is compiled here, and run.</summary>
internal static class ReadmeExample
{
    /// <summary>Runs it in the working folder.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> MainAsync()
    {
        // README
        var run = await Experiment.RunAsync("experiments/loading.yaml");
        foreach (var configuration in run.Report.Assessment.Configurations)
            Console.WriteLine($"{configuration.Configuration.Name}: {configuration.SamplesPerSecond:0} samples/s, {configuration.PeakMegabytes:0} MiB");
        foreach (var advice in run.Report.Assessment.Advice)
            Console.WriteLine($"Recommended: {advice.Configuration?.Name ?? "nothing yet"}. {string.Join(" ", advice.Reasons)}");
        return run.ExitCode;
        // end
    }
}
