using System.Diagnostics;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>A training runs under a sweep in the surroundings that it has by hand.</summary>
[Trait("Needs", "pytorch")]
public sealed class CallerTests : IDisposable
{
    /// <summary>Says all that a process has from its caller: limits, signals, niceness, mask of new files, input, variables. Those of the sweep are left out.</summary>
    private const string Surroundings = """
        import os
        import resource
        import signal
        import sys

        import torch
        from torch.utils.data import DataLoader, TensorDataset

        with open(sys.argv[1], "w") as out:
            for name in sorted(name for name in dir(resource) if name.startswith("RLIMIT_")):
                print(name, resource.getrlimit(getattr(resource, name)), file=out)
            for line in open("/proc/self/status"):
                if line.startswith(("SigBlk", "SigIgn")):
                    print(line.strip(), file=out)
            print("nice", os.nice(0), "umask", oct(os.umask(0o22)), "input", sys.stdin.read(), file=out)
            print("open", sorted(os.listdir("/proc/self/fd"))[:4], os.get_blocking(0), os.get_blocking(1), os.get_blocking(2), file=out)
            for name in sorted(os.environ):
                if not name.startswith(("EXPERIMENTS_", "MLFLOW_")) and name not in ("PYTHONPATH", "PWD", "OLDPWD", "_"):
                    print(name, "=", os.environ[name], file=out)
        for batch in DataLoader(TensorDataset(torch.arange(400.0)), batch_size=4, shuffle=True):
            pass
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_training_has_the_limits_signals_niceness_mask_input_and_variables_that_it_has_by_hand()
    {
        TorchPython.Require();
        _workspace.Write("train.py", Surroundings);
        _workspace.Write("answers.txt", "yes\n");
        _workspace.Write("torch.yaml", Scripts.Definition(TorchPython.Program, "num_workers: [0, 1]", $"[\"{_workspace.Folder}/{{num_workers}}.txt\"]"));
        // What a user may have set, then the same by hand and by the sweep; Python sets the mask of signals, which a shell would take off again.
        _workspace.Write("caller.sh", $$"""
            ulimit -S -n 256; ulimit -S -c 0; ulimit -S -s 4096
            trap '' USR1 HUP
            umask 027
            mask() { nice -n 3 /usr/bin/python3 -c 'import os, signal, sys
            signal.signal(signal.SIGPIPE, signal.SIG_DFL); signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2, signal.SIGRTMIN + 3])
            os.execvp(sys.argv[1], sys.argv[1:])' "$@"; }
            export n=1 blocked=2
            mask {{TorchPython.Program}} {{_workspace.Folder}}/train.py {{_workspace.Folder}}/hand.txt < answers.txt || exit 9
            mask dotnet exec {{BuiltProgram.PathOf("Experiments.Tool")}} run torch.yaml < answers.txt || exit 8
            exit 0
            """);

        var (code, output) = await ShellAsync("caller.sh");

        Assert.True(code == 0, output);
        var hand = await File.ReadAllTextAsync(Path.Combine(_workspace.Folder, "hand.txt"), TestContext.Current.CancellationToken);
        Assert.Contains("RLIMIT_NOFILE (256, ", hand, StringComparison.Ordinal);
        Assert.Contains("input yes", hand, StringComparison.Ordinal);
        foreach (var trial in new[] { "0.txt", "1.txt" }) // each reads the answers from their beginning
            Assert.Equal(hand, await File.ReadAllTextAsync(Path.Combine(_workspace.Folder, trial), TestContext.Current.CancellationToken));
    }

    private async Task<(int Code, string Output)> ShellAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", [script]) { WorkingDirectory = _workspace.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MLFLOW_TRACKING_URI");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
