using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.Samples;

/// <summary><c>samples/msbuild</c> as a user has it: restored from the packages, outside the repository.</summary>
public partial class MSBuildSampleTests(PackedFeed feed)
{
    private static readonly string[] Sweep = ["build", "-t:Sweep", "-nologo", "-nodeReuse:false", "-tl:off"];

    [Fact]
    public async Task The_sample_sweeps_once_and_is_up_to_date_afterwards()
    {
        using var user = new UserFolder(feed, "msbuild");

        var first = await user.SucceedAsync(Sweep);
        Assert.Contains("val error", string.Concat(Directory.GetFiles(user.File(".experiments/loading"), "stdout.log", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadLines(Assert.Single(user.Journals("loading"))).Count(line => line.Contains("\"status\":\"completed\"", StringComparison.Ordinal)));
        Assert.DoesNotContain(" EXP4", first, StringComparison.Ordinal); // recorded in MLflow: the packaged SQLite loads
        Assert.DoesNotContain("error EXP", first, StringComparison.Ordinal);

        var watch = Stopwatch.StartNew();
        var second = await user.SucceedAsync([.. Sweep, "--no-restore"]);
        TestContext.Current.TestOutputHelper!.WriteLine($"the second build -t:Sweep: {watch.Elapsed.TotalSeconds:F1} s");
        Assert.Contains("loading.yaml: up to date", second, StringComparison.Ordinal);
        Assert.Single(user.Journals("loading"));
    }

    [Fact]
    public async Task A_failed_gate_is_an_error_at_the_definitions_line_and_is_never_up_to_date()
    {
        using var user = new UserFolder(feed, "msbuild");
        user.Edit("experiments/loading.yaml", "max: 1GiB", "max: 1MiB");
        var line = 1 + File.ReadAllLines(user.File("experiments/loading.yaml")).ToList().FindIndex(text => text.Contains("1MiB", StringComparison.Ordinal));

        for (var build = 1; build <= 2; build++)
        {
            var (exitCode, output) = await user.DotNetAsync([.. Sweep, "-v:quiet"]);
            Assert.Equal(1, exitCode);
            Assert.Matches($@"experiments/loading\.yaml\({line},\d+\): error EXP2001: ", output);
            Assert.Equal(build, user.Journals("loading").Count);
        }
    }

    [Fact]
    public async Task Nothing_of_the_package_reaches_the_projects_output()
    {
        using var user = new UserFolder(feed, "msbuild");
        await user.SucceedAsync("build", "-nologo", "-nodeReuse:false");

        Assert.DoesNotContain(Directory.GetFiles(user.File("bin"), "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("Experiments", StringComparison.Ordinal));
        Assert.DoesNotContain("Experiments", File.ReadAllText(user.File("bin/Training.deps.json")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(user.File(".experiments")));
    }

    [Fact]
    public async Task A_project_of_two_target_frameworks_sweeps_and_gates_once_for_both()
    {
        using var user = new UserFolder(feed, "msbuild");
        // A second framework that needs no reference packs: the feed has none.
        user.Edit("Training.csproj", "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads><UseAppHost>false</UseAppHost>");
        user.Edit("Training.csproj", "<AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>", "");
        user.Edit("experiments/loading.yaml", "bin/Training.dll", "bin/net10.0/Training.dll");

        await user.SucceedAsync(Sweep);
        Assert.True(File.Exists(user.File("bin/net10.0-windows/Training.dll")), "the other framework was not built");
        Assert.Single(user.Journals("loading"));
        Assert.Contains("loading.yaml: up to date", await user.SucceedAsync("build", "-nologo", "-nodeReuse:false", "-tl:off", "-p:GateOnBuild=true"), StringComparison.Ordinal);
        Assert.Single(user.Journals("loading"));

        user.Edit("experiments/loading.yaml", "max: 1GiB", "max: 1MiB");
        var (exitCode, output) = await user.DotNetAsync("build", "-nologo", "-nodeReuse:false", "-tl:off", "-p:GateOnBuild=true");
        Assert.Equal(1, exitCode);
        Assert.Contains("error EXP2001", output, StringComparison.Ordinal);
        Assert.Equal(2, user.Journals("loading").Count);
    }

    [Fact]
    public async Task An_interrupted_build_stops_the_trials_and_leaves_a_sweep_to_resume()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        using var user = new UserFolder(feed, "msbuild");
        user.Write("hold", "");
        user.Edit("Program.cs", "loss = model.Train(batch);", "loss = model.Train(batch);\n    while (File.Exists(\"hold\"))\n        Thread.Sleep(10);");
        await user.SucceedAsync("build", "-nologo", "-nodeReuse:false");
        using var build = user.Start(Sweep);
        var output = build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var trials = await RunningTrialsAsync(user, build);

        var watch = Stopwatch.StartNew();
        Assert.Equal(0, Kill(build.Id, 2));
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine($"stopped in {watch.Elapsed.TotalSeconds:F1} s");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("ExperimentsResume=true continues it", await output, StringComparison.Ordinal);
        Assert.DoesNotContain(trials, trial => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{trial}")));

        File.Delete(user.File("hold"));
        await user.SucceedAsync([.. Sweep, "-p:ExperimentsResume=true"]);
        Assert.Equal(2, File.ReadLines(Assert.Single(user.Journals("loading"))).Count(line => line.Contains("\"status\":\"completed\"", StringComparison.Ordinal)));
    }

    /// <summary>Waits until a trial of this user trains; gives the ids of its processes.</summary>
    private static async Task<List<int>> RunningTrialsAsync(UserFolder user, Process build)
    {
        var events = user.File(".experiments/loading");
        while (!Directory.Exists(events) || !Directory.EnumerateFiles(events, "events.jsonl", SearchOption.AllDirectories).Any())
        {
            Assert.False(build.HasExited, "the build ended before a trial began");
            await Task.Delay(50, TestContext.Current.CancellationToken); // another process writes it
        }

        return [.. Process.GetProcessesByName("dotnet").Where(process => CommandLineOf(process.Id).Contains("bin/Training.dll", StringComparison.Ordinal) && WorkingDirectoryOf(process.Id) == user.Path).Select(process => process.Id)];
    }

    private static string CommandLineOf(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cmdline"));
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }

    private static string? WorkingDirectoryOf(int process) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cwd")).LinkTarget;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
