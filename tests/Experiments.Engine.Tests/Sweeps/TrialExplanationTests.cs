using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Tests.Sweeps;

public class TrialExplanationTests
{
    private static readonly Diagnostic Cause = PyTorchDiagnostics.ImportFailed.Error("An import failed: no module x; try: pip install x");
    private static readonly Diagnostic Hint = PyTorchDiagnostics.MoreWorkersThanCores.Warning("More workers than usable cores");

    [LinuxFact]
    public async Task A_cause_takes_the_place_of_the_exit_code_and_keeps_place_and_command()
    {
        var trial = await RunAsync("echo gone >&2; exit 3", _ => [Cause, Hint]);

        Assert.Equal(TrialStatus.Failed, trial.Status);
        Assert.Equal(["EXP3110", "EXP3151"], trial.Diagnostics.Select(one => one.Code));
        Assert.StartsWith("An import failed: no module x; try: pip install x; exit code 3; by hand: cd ", trial.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.NotNull(trial.Diagnostics[0].Position);
    }

    [LinuxFact]
    public async Task A_trial_that_was_measured_has_no_error_only_warnings()
    {
        var trial = await RunAsync(SweepTest.Step, _ => [Cause, Hint]);

        Assert.Equal((TrialStatus.Completed, "EXP3151"), (trial.Status, Assert.Single(trial.Diagnostics).Code));
    }

    [LinuxFact]
    public async Task Unexplained_or_unreadable_the_engines_own_line_stays()
    {
        Assert.Equal("EXP3001", Assert.Single((await RunAsync("exit 3", _ => [])).Diagnostics).Code);
        Assert.Equal("EXP3005", Assert.Single((await RunAsync("true", _ => throw new IOException("gone"))).Diagnostics).Code);
    }

    [LinuxFact]
    public async Task The_explainer_sees_exit_files_and_cores()
    {
        EndedTrial? seen = null;
        await RunAsync("echo gone >&2; kill -9 $$", trial =>
        {
            Assert.Equal("gone\n", File.ReadAllText(trial.Folder.StandardError));
            seen = trial;
            return [];
        });

        Assert.Equal((TrialStatus.Failed, null, 9), (seen!.Status, seen.ExitCode, seen.Signal));
        Assert.True(seen.UsableCores > 0);
    }

    [LinuxFact]
    public async Task The_explainer_knows_how_much_shared_memory_was_left()
    {
        var file = $"/dev/shm/experiments-{Guid.NewGuid():N}";
        var before = new DriveInfo("/dev/shm").AvailableFreeSpace;
        Assert.SkipUnless(before > 200 << 20, "/dev/shm is too small to take 64 MiB of it");
        EndedTrial? seen = null;

        await RunAsync($"head -c 64M /dev/zero > {file}; sleep 0.5; rm {file}; exit 3", trial =>
        {
            seen = trial;
            return [];
        });

        Assert.InRange(seen!.SharedMemoryFreeBytes ?? -1, 0, before - (32 << 20)); // others may give some back meanwhile
    }

    [Fact]
    public async Task An_explainer_that_breaks_is_said_and_costs_the_trial_only_its_explanation()
    {
        var result = await RunAsync("exit 3", _ => throw new InvalidOperationException("broken"));

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Equal(["EXP3001", "EXP5010"], result.Diagnostics.Select(one => one.Code));
        Assert.Contains("InvalidOperationException: broken; details: ", result.Diagnostics[1].Message, StringComparison.Ordinal);
    }

    private static async Task<TrialResult> RunAsync(string script, Func<EndedTrial, IReadOnlyList<Diagnostic>> explain)
    {
        using var sweep = new SweepTest();
        return Assert.Single((await SweepTest.RunAsync(sweep.Request(script) with { Explainer = new Explainer(explain) })).Trials);
    }

    private sealed class Explainer(Func<EndedTrial, IReadOnlyList<Diagnostic>> explain) : ITrialExplainer
    {
        public IReadOnlyList<Diagnostic> Explain(EndedTrial trial) => explain(trial);
    }
}
