using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Experiments.MSBuild.Tests.Builds;

public sealed partial class CancellationTests : IDisposable
{
    private const int SigInt = 2;
    private const int SigKill = 9;
    private readonly BuildFolder _build = new("""<ItemGroup><Experiment Include="a.yaml;b.yaml" /></ItemGroup>""");

    public CancellationTests()
    {
        _build.Write("a.yaml", "name: a\n");
        _build.Write("b.yaml", "name: b\n");
    }

    public void Dispose() => _build.Dispose();

    [Fact]
    public async Task A_cancelled_build_lets_the_sweep_end_in_good_order_and_begins_no_other()
    {
        var (build, _) = await StartAsync("stdin");
        using (build)
        {
            Assert.Equal(0, Kill(build.Id, SigInt));
            var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await build.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Contains("cancelled in good order", output, StringComparison.Ordinal);
            Assert.NotEqual(0, build.ExitCode);
            Assert.Single(_build.Calls);
        }
    }

    [Fact]
    public async Task A_sweep_that_does_not_listen_is_killed_after_the_grace()
    {
        var (build, command) = await StartAsync("deaf", "-p:ExperimentsGraceSeconds=1");
        using (build)
        using (command)
        {
            Assert.Equal(0, Kill(build.Id, SigInt));

            await build.WaitForExitAsync(TestContext.Current.CancellationToken);
            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_killed_build_takes_the_sweep_with_it()
    {
        var (build, command) = await StartAsync("stdin");
        using (build)
        using (command)
        {
            Assert.Equal(0, Kill(build.Id, SigKill));

            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<(Process Build, Process Command)> StartAsync(string how, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        _build.Environment["EXPERIMENTS_FAKE_WAIT"] = how;
        var build = _build.Start(["-t:Sweep", .. arguments]);
        while (await build.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Trim().StartsWith("running as ", StringComparison.Ordinal))
                return (build, Process.GetProcessById(int.Parse(line.Trim()["running as ".Length..], CultureInfo.InvariantCulture)));
        }

        throw new InvalidOperationException("The command did not start.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
