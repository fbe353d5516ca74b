using System.Diagnostics;
using System.Runtime.CompilerServices;
using Experiments.Core.Definitions;
using Experiments.Slurm.Batches;

namespace Experiments.Slurm.Tests.Scripts;

/// <summary>The text that is submitted, in files to read.</summary>
public class BatchScriptTests
{
    private static readonly BatchRequest Plain = new()
    {
        Folder = new BatchFolder("/shared/.experiments/meld-da/20260131-235959-0f3a/slurm/batch-0001"),
        JobName = "experiments-20260131-235959-0f3a-0001-abcdef",
        Tasks = 32,
        Settings = new SlurmSettings(),
        IsExclusive = true,
        Time = TimeSpan.FromMinutes(17),
        WorkingFolder = "/home/me/project",
        Runner = ["/usr/bin/dotnet", "exec", "/opt/experiments/Experiments.Tool.dll", "trial"],
    };

    [Fact]
    public void What_is_not_asked_for_is_the_sites() => Golden("plain.sh", BatchScript.Of(Plain));

    [Fact]
    public void What_is_asked_for_stands_in_the_first_lines_and_setup_before_the_runner() => Golden("full.sh", BatchScript.Of(Plain with
    {
        Folder = new BatchFolder("/shared/100% mine/it's/slurm/batch-0002"),
        Tasks = 1,
        IsExclusive = false,
        MemoryBytes = (64L << 30) + 1,
        Settings = new SlurmSettings
        {
            Partition = "gpu,long", Gres = "gpu:1", Cpus = 16, Account = "lab", Constraint = "a100 & nvme", ArrayParallelism = 8,
            Extra = ["--qos=high", "--mail-type=FAIL"], Setup = ["module load cuda/12", "source ~/miniconda/bin/activate && conda activate train"],
        },
    }));

    [LinuxFact]
    public void A_script_ends_with_a_note_of_how_it_ended_wherever_it_ends()
    {
        var folder = Directory.CreateTempSubdirectory("experiments-script-").FullName;
        try
        {
            var request = Plain with { Folder = new BatchFolder(folder), WorkingFolder = folder, Runner = ["sh", "-c", "exit 7"] };

            Assert.Equal((7, """{"status":7,"stage":"runner","asked":false"""), Run(request));
            Assert.Equal((1, """{"status":1,"stage":"setup:1","asked":false"""), Run(request with { Settings = new SlurmSettings { Setup = ["true", "false"] } }));
            Assert.Equal((9, """{"status":9,"stage":"setup:0","asked":false"""), Run(request with { Settings = new SlurmSettings { Setup = ["exit 9"] } }));
            Assert.Equal((1, """{"status":1,"stage":"folder","asked":false"""), Run(request with { WorkingFolder = "/nowhere" }));
            Assert.Equal((0, """{"status":0,"stage":"runner","asked":false"""), Run(request with { Runner = ["sh", "-c", "test \"$MADE\" = 'in setup'"], Settings = new SlurmSettings { Setup = ["export MADE='in setup'"] } }));
            Assert.Equal((3, """{"status":3,"stage":"runner","asked":true"""), Run(request with { Runner = ["sh", "-c", "kill -TERM $PPID; exit 3"] }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static (int, string) Run(BatchRequest request)
        {
            File.WriteAllText(request.Folder.Script, BatchScript.Of(request));
            var start = new ProcessStartInfo("bash", [request.Folder.Script]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["SLURM_ARRAY_TASK_ID"] = "3";
            start.Environment["SLURM_ARRAY_JOB_ID"] = "17";
            using var script = Process.Start(start)!;
            script.StandardOutput.ReadToEnd();
            script.WaitForExit();
            Assert.NotNull(BatchFolder.TryRead(request.Folder.Start(3, 0), SlurmJson.Indented.JobStart));
            Assert.NotNull(BatchFolder.TryRead(request.Folder.End(3, 0), SlurmJson.Indented.JobEnd));
            return (script.ExitCode, File.ReadAllText(request.Folder.End(3, 0)).Split(",\"at\"")[0]);
        }
    }

    private static void Golden(string name, string text, [CallerFilePath] string file = "")
    {
        var golden = Path.Combine(Path.GetDirectoryName(file)!, name);
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_REWRITE_GOLDEN") == "1")
            File.WriteAllText(golden, text);
        Assert.Equal(File.ReadAllText(golden), text);
    }
}
