using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cake.Experiments.Tests.Scripts;

public partial class CancellationTests
{
    private const int SigInt = 2;
    private const int SigKill = 9;

    [Fact]
    public async Task An_interrupted_build_lets_the_sweep_end_in_good_order_and_ends_as_cancelled()
    {
        using var build = Waiting("stdin");
        using var cake = build.Start();
        await RunningCommandAsync(cake);

        Assert.Equal(0, Kill(cake.Id, SigInt));
        var output = await cake.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await cake.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("cancelled in good order", output, StringComparison.Ordinal);
        Assert.Equal(130, cake.ExitCode);
        Assert.Single(build.Calls); // the second experiment is not begun
    }

    [Fact]
    public async Task A_killed_build_takes_the_sweep_with_it()
    {
        using var build = Waiting("stdin");
        using var cake = build.Start();
        using var command = Process.GetProcessById(await RunningCommandAsync(cake));

        Assert.Equal(0, Kill(cake.Id, SigKill));

        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_command_that_does_not_listen_is_killed_at_the_second_signal()
    {
        using var build = Waiting("deaf");
        using var cake = build.Start();
        var id = await RunningCommandAsync(cake);

        Assert.Equal(0, Kill(cake.Id, SigInt));
        for (var signals = 0; !cake.HasExited && signals < 600; signals++)
        {
            _ = Kill(cake.Id, SigInt);
            await Task.Delay(50, TestContext.Current.CancellationToken); // signals that come together count as one
        }

        Assert.True(cake.HasExited);
        Assert.Equal(130, cake.ExitCode);
        Assert.Single(build.Calls);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    private static CakeBuild Waiting(string how)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        var build = new CakeBuild("""
            Experiment("a", e => e.Command("x").NumWorkers(0));
            Experiment("b", e => e.Command("x").NumWorkers(0));
            RunTarget("Sweep");
            """);
        build.Environment["EXPERIMENTS_FAKE_WAIT"] = how;
        return build;
    }

    /// <summary>Waits until the command runs, and gives its process id.</summary>
    private static async Task<int> RunningCommandAsync(Process cake)
    {
        while (await cake.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("running as ", StringComparison.Ordinal))
                return int.Parse(line["running as ".Length..], CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("The command did not start: " + await cake.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
