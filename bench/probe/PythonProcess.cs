using System.Diagnostics;
using System.Globalization;
using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Steering;

namespace Experiments.Bench.Probe;

/// <summary>Runs Python with and without the probe.</summary>
internal sealed class PythonProcess(string interpreter) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-bench-probe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static async Task<PythonProcess?> FindAsync()
    {
        foreach (var candidate in new[] { Environment.GetEnvironmentVariable("EXPERIMENTS_BENCH_PYTHON"), "/usr/bin/python3", "python3" }.OfType<string>())
        {
            try
            {
                var info = await InterpreterReader.ReadAsync(candidate, new Dictionary<string, string?>(), CancellationToken.None);
                if (info.TorchVersion is not null)
                    return new PythonProcess(candidate);
            }
            catch (InterpreterException)
            {
                // the next one
            }
        }

        return null;
    }

    /// <summary>The number that a script prints.</summary>
    public async Task<double> NumberAsync(bool probed, string script, params string[] arguments)
    {
        var text = await RunAsync(probed, [Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Milliseconds of the processor that Python takes until the script's first line.</summary>
    public async Task<double> StartMillisecondsAsync(bool probed) =>
        double.Parse(await RunAsync(probed, ["-c", "import time; print(time.process_time() * 1000)"]), CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(bool probed, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(interpreter, arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("PYTHONDONTWRITEBYTECODE"); // as on a desk: a container that sets it compiles the probe anew at each start, for some 15 ms
        if (probed)
        {
            foreach (var (name, value) in ProbeEnvironment.Of(new ProbeSettings(), null))
                start.Environment[name] = value;
            start.Environment["EXPERIMENTS_EVENTS"] = Path.Combine(_folder, $"{Guid.NewGuid():N}.jsonl");
        }

        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{interpreter} ended with exit code {process.ExitCode}");
    }
}
