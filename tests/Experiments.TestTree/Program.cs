using Experiments.Processes.ControlGroups;
using Experiments.Processes.Freezing;
using Experiments.Processes.Launching;
using Experiments.Processes.Running;

// Experiments.TestTree MARK FREEZER COMMAND
// Runs COMMAND by the shell, freezes it by FREEZER (best, freezer, signals) when it has made the file MARK, says so, and waits to be killed.
var (mark, method, command) = (args[0], args[1], args[2]);
var frozen = new TaskCompletionSource<TreeFreezer>();
var layout = ControlGroupLayout.Read();
using var group = method switch
{
    "best" => ControlGroupSource.Find(layout, ProcessLauncher.Default).TryCreate($"experiments-test-{Environment.ProcessId}", null),
    "freezer" => ControlGroupV1.Create(new ControlGroupFolders(layout.Version1["memory"], null, null, layout.Version1["freezer"]), $"experiments-test-{Environment.ProcessId}", null),
    _ => (IControlGroup?)null,
};
var name = $"EXPERIMENTS_TEST_TREE={Environment.ProcessId}-{Guid.NewGuid():n}";
using var watchdog = Watchdog.Start(ProcessLauncher.Default, name);
watchdog?.Guard(group);
var end = new ProcessSupervisor(ProcessLauncher.Default).RunAsync(
    new LaunchRequest
    {
        Program = "/bin/sh",
        Arguments = ["-c", command],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", [name.Split('=')[0]] = name.Split('=')[1] },
        WorkingDirectory = "/",
        StandardOutputFile = "/dev/null",
        StandardErrorFile = "/dev/null",
        ControlGroupFiles = group?.ProcessFiles ?? [],
    },
    new Supervision { Mark = name, Timeout = TimeSpan.FromMinutes(5), Grace = TimeSpan.FromSeconds(1), Group = group, Started = frozen.SetResult },
    CancellationToken.None);
var freezer = await frozen.Task;
while (!File.Exists(mark))
    await Task.Delay(5);
freezer.Freeze();
Console.WriteLine($"frozen by {freezer.Method}");
await end;
