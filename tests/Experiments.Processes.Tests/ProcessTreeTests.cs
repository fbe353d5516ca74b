using System.Diagnostics;
using Experiments.Processes.Tests.Native;

namespace Experiments.Processes.Tests;

/// <summary>The facade, as a user calls it.</summary>
[Collection(nameof(Alone))]
public class ProcessTreeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [LinuxFact]
    public async Task I_can_run_a_command_and_read_what_it_said_and_how_it_ended()
    {
        using var folder = new TestFolder();

        var end = await ProcessTree.RunAsync(new()
        {
            Command = ["sh", "-c", "echo $GREETING from $PWD; echo oops >&2; exit 3"],
            WorkingDirectory = folder.Path,
            EnvironmentVariables = new Dictionary<string, string?> { ["GREETING"] = "hello" },
            StandardOutputFile = folder.File("out"),
            StandardErrorFile = folder.File("err"),
        }, Cancellation);

        Assert.Equal((EndCause.Exited, 3, null), (end.Cause, end.ExitCode, end.Signal));
        Assert.Equal($"hello from {folder.Path}\n", await File.ReadAllTextAsync(folder.File("out"), Cancellation));
        Assert.Equal("oops\n", await File.ReadAllTextAsync(folder.File("err"), Cancellation));
    }

    [LinuxFact]
    public async Task I_learn_the_peak_memory_the_cpu_time_and_the_processes_of_the_whole_tree()
    {
        var end = await ProcessTree.RunAsync(new() { Command = [NativeProgram.Memory(), "tree", "50", "100", "2", "600"] }, Cancellation);

        Assert.Equal(EndCause.Exited, end.Cause);
        Assert.InRange(end.Memory!.PeakBytes / 1048576.0, 240, 265);
        Assert.Equal(3, end.Memory.MostProcesses);
        Assert.Equal(3, end.Memory.Processes.Count);
        Assert.All(end.Memory.Processes, process => Assert.Equal("memory", process.Name));
        Assert.InRange(end.CpuSeconds!.Value, 0.01, 60);
    }

    [LinuxFact]
    public async Task A_tree_over_its_memory_limit_is_ended_and_the_limit_is_named()
    {
        var end = await ProcessTree.RunAsync(new() { Command = [NativeProgram.Memory(), "private", "400", "20000"], MemoryLimitBytes = 150 << 20 }, Cancellation);

        Assert.Equal(EndCause.MemoryLimit, end.Cause);
        Assert.InRange(end.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [LinuxFact]
    public async Task A_tree_over_its_limit_of_processes_is_ended_and_the_limit_is_named()
    {
        var end = await ProcessTree.RunAsync(new() { Command = ["sh", "-c", "for i in 1 2 3 4 5 6; do sleep 60 & done; wait"], ProcessLimit = 4 }, Cancellation);

        Assert.Equal(EndCause.ProcessLimit, end.Cause);
    }

    [LinuxFact]
    public async Task A_tree_that_takes_too_long_is_asked_to_end_and_then_ended()
    {
        var mark = $"7{Random.Shared.Next(100_000, 999_999)}";

        var end = await ProcessTree.RunAsync(new()
        {
            Command = ["sh", "-c", $"trap '' TERM; setsid sleep {mark} & sleep {mark}; sleep {mark}"], Timeout = TimeSpan.FromSeconds(0.3), Grace = TimeSpan.FromSeconds(0.3),
        }, Cancellation);

        Assert.Equal((EndCause.TimedOut, null, 9), (end.Cause, end.ExitCode, end.Signal));
        Assert.Empty(ProcessRun.Alive(mark));
    }

    [LinuxFact]
    public async Task A_cancelled_tree_has_its_grace_to_end_by_itself()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));

        var end = await ProcessTree.RunAsync(new() { Command = ["sh", "-c", "trap 'exit 5' TERM; while :; do sleep 0.05; done"] }, cancellation.Token);

        Assert.Equal((EndCause.Cancelled, 5), (end.Cause, end.ExitCode));
    }

    [LinuxFact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var exception = await Assert.ThrowsAsync<LaunchException>(() => ProcessTree.RunAsync(new() { Command = ["no-such-program"] }, Cancellation));

        Assert.Equal("no-such-program", exception.Program);
        await Assert.ThrowsAsync<LaunchException>(() => ProcessTree.RunAsync(new() { Command = [] }, Cancellation));
    }

    [LinuxFact]
    public async Task The_example_of_the_readme_compiles_and_runs()
    {
        using var folder = new TestFolder();
        var readme = await File.ReadAllTextAsync(RepositoryFolder.Combine("src", "Experiments.Processes", "README.md"), Cancellation);
        var example = readme.Split("```csharp\n")[1].Split("```")[0];
        await File.WriteAllTextAsync(folder.File("Program.cs"), example, Cancellation);
        await File.WriteAllTextAsync(folder.File("Example.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{AppContext.BaseDirectory}Experiments.Processes.dll" />
              </ItemGroup>
            </Project>
            """, Cancellation);

        var end = await ProcessTree.RunAsync(new()
        {
            Command = [Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", "run", "--project", folder.Path, "-p:UseSharedCompilation=false", "-nodeReuse:false"],
            WorkingDirectory = folder.Path, StandardOutputFile = folder.File("out"), StandardErrorFile = folder.File("err"), Timeout = TimeSpan.FromMinutes(5),
        }, Cancellation);

        var output = await File.ReadAllTextAsync(folder.File("out"), Cancellation);
        Assert.True(end.ExitCode == 0, output + await File.ReadAllTextAsync(folder.File("err"), Cancellation));
        Assert.Matches(@"^Exited, exit code 0, [0-9.]+ s, [0-9.]+ s of CPU time\npeak memory [0-9]+ MiB by (cgroup|proc)", output);
        Assert.Contains(" tail 6", output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Time_in_which_a_tree_is_frozen_does_not_count_towards_its_timeout()
    {
        var tree = ProcessTree.Start(new() { Command = ["sleep", "1"], Timeout = TimeSpan.FromSeconds(2) }, Cancellation);
        var watch = Stopwatch.StartNew();
        Assert.NotNull(tree.FreezeMethod);

        tree.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancellation);
        tree.Thaw();
        var end = await tree.Ended;

        Assert.Equal((EndCause.Exited, 0), (end.Cause, end.ExitCode));
        Assert.InRange(tree.FrozenTime, TimeSpan.FromSeconds(2.4), watch.Elapsed);
        Assert.Throws<InvalidOperationException>(() => tree.Freeze());
    }

    [LinuxFact]
    public async Task A_frozen_tree_that_is_cancelled_is_thawed_to_hear_it()
    {
        using var cancellation = new CancellationTokenSource();
        using var folder = new TestFolder();
        var tree = ProcessTree.Start(new() { Command = ["sh", "-c", $"trap 'exit 5' TERM; touch {folder.File("up")}; while :; do sleep 0.05; done"], Grace = TimeSpan.FromSeconds(20) }, cancellation.Token);
        await ProcessRun.UntilAsync(() => File.Exists(folder.File("up")));

        tree.Freeze();
        await cancellation.CancelAsync();
        var end = await tree.Ended;

        Assert.Equal((EndCause.Cancelled, 5), (end.Cause, end.ExitCode));
        Assert.InRange(end.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(19)); // before the grace is over
    }
}
