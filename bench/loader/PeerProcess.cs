using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Experiments.Bench.Loader;

/// <summary>Runs a peer in a process of its own, so that no peer finds another's memory, threads or caches of the runtime.</summary>
internal static class PeerProcess
{
    /// <summary>Runs a peer.</summary>
    /// <exception cref="InvalidOperationException">The peer failed; its words are in the message.</exception>
    public static (PeerResult Result, long PeakBytes) Run(PeerRun run)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        if (run.Peer.StartsWith("pytorch", StringComparison.Ordinal))
        {
            start.FileName = Python;
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch_peer.py"));
        }
        else
        {
            start.FileName = Environment.ProcessPath!;
            start.ArgumentList.Add(run.Peer);
        }

        if (run.Peer == "pytorch-hugepages")
        {
            start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        }

        foreach (var value in new object[] { run.Scenario, run.Workers, run.Samples, run.Epochs, run.BatchSize, run.ComputeMs, run.Data })
        {
            start.ArgumentList.Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        }

        using var memory = TreeMemory.Begin();
        using var process = Process.Start(start)!;
        memory.Watch(process.Id);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'));
        return process.ExitCode == 0 && line is not null
            ? (JsonSerializer.Deserialize<PeerResult>(line)!, memory.End())
            : throw new InvalidOperationException($"{run.Peer} {run.Scenario} with {run.Workers} workers failed ({process.ExitCode}): {errors.Result.Trim()}");
    }

    public static string Python => Environment.GetEnvironmentVariable("EXPERIMENTS_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    /// <summary>Whether a Python module is there.</summary>
    public static bool HasModule(string module)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {module}"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
