using System.Diagnostics;
using System.Globalization;
using System.Text;
using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Tests.Running;

/// <summary>Runs scripts of the corpus as an engine would: with the run contract's variables and the probe's.</summary>
internal static class ScriptRunner
{
    private const int KeptOutput = 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>
    /// What torchrun --standalone is since torch 2: torch 1.13 takes one fixed port, so that two at once are in each other's way. Neither does 1.13 on Python 3.11 take 0 for the
    /// last two, which is their default.
    /// </summary>
    public static string[] TwoRanks { get; } =
        ["-m", "torch.distributed.run", "--rdzv_backend=c10d", "--rdzv_endpoint=localhost:0", "--nproc_per_node=2", "--redirects=1", "--tee=1"];

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "scripts");

    public static async Task<ScriptResult> RunAsync(ScriptRun run)
    {
        var events = run.EventsFile ?? Path.Combine(TestFolders.Create(), "events.jsonl");
        string[] command = [run.Python ?? await TorchPython.RequireAsync(), .. run.PythonOptions, Find(run.Script), .. run.Arguments];
        var start = StartInfo(run, command);
        SetEnvironment(run, start, events);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = ReadAsync(process.StandardError.BaseStream);
        var stalled = await WaitAsync(process, run.StallTimeout, events);
        var (kept, total) = await output;
        var code = process.ExitCode;
        return new ScriptResult
        {
            ExitCode = code > 128 ? null : code,
            Signal = code > 128 ? code - 128 : null,
            Output = kept,
            OutputBytes = total,
            Error = Encoding.UTF8.GetString((await error).Kept),
            EventsFile = events,
            Command = command,
            StalledFor = stalled,
        };
    }

    private static string Find(string script) =>
        Path.IsPathRooted(script) ? script
        : File.Exists(Path.Combine(Folder, script)) ? Path.Combine(Folder, script)
        : Path.Combine(AppContext.BaseDirectory, "failures", script);

    private static ProcessStartInfo StartInfo(ScriptRun run, string[] command) =>
        new(run.Shell is null ? command[0] : "/bin/sh", run.Shell is null ? command[1..] : ["-c", run.Shell, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };

    private static void SetEnvironment(ScriptRun run, ProcessStartInfo start, string events)
    {
        var path = run.PythonPath is null ? Folder : run.PythonPath + Path.PathSeparator + Folder;
        start.Environment["PYTHONPATH"] = path;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in run.Environment)
            start.Environment[name] = value;
        if (!run.WithProbe)
            return;
        start.Environment["EXPERIMENTS_EVENTS"] = events;
        foreach (var (name, value) in ProbeEnvironment.Of(run.Settings, path))
            start.Environment[name] = run.Environment.GetValueOrDefault(name, value);
        if (run.Steps is not { } steps)
            return;
        start.Environment["EXPERIMENTS_WARMUP_STEPS"] = steps.WarmUp.ToString(CultureInfo.InvariantCulture);
        start.Environment["EXPERIMENTS_STEPS"] = steps.Measured.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<(byte[] Kept, long Total)> ReadAsync(Stream stream)
    {
        var (buffer, kept, total) = (new byte[1 << 16], new MemoryStream(), 0L);
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            total += count;
            kept.Write(buffer, 0, (int)Math.Min(count, KeptOutput - kept.Length));
        }

        return (kept.ToArray(), total);
    }

    private static async Task<TimeSpan?> WaitAsync(Process process, TimeSpan? stallTimeout, string events)
    {
        using var limit = new CancellationTokenSource(Limit);
        if (stallTimeout is null)
        {
            await process.WaitForExitAsync(limit.Token);
            return null;
        }

        var (size, quiet) = (0L, Stopwatch.StartNew());
        while (!process.HasExited)
        {
            await Task.Delay(50, limit.Token);
            var now = File.Exists(events) ? new FileInfo(events).Length : 0;
            if (now != size || now == 0)
                (size, quiet) = (now, Stopwatch.StartNew());
            if (quiet.Elapsed < stallTimeout)
                continue;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(limit.Token);
            return quiet.Elapsed;
        }

        return null;
    }
}
