using Experiments.Analysis;
using Experiments.Code;
using System.Diagnostics;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Sweeps;

/// <summary>What a sweep records of its code, and whether it goes on with another.</summary>
public class ChangedCodeTests
{
    [LinuxFact]
    public void A_clean_tree_is_its_commit_and_a_changed_one_has_a_fingerprint_of_its_own()
    {
        using var folder = Repository();

        var clean = Read(folder);
        File.AppendAllText(folder.File("train.py"), "b = 2\n");
        var changed = Read(folder);
        File.AppendAllText(folder.File("train.py"), "c = 3\n");
        var again = Read(folder);
        File.WriteAllText(folder.File("train.py"), "a = 1\nb = 2\n");

        Assert.Equal((40, false, null), (clean.Commit!.Length, clean.Dirty, clean.DiffHash));
        Assert.Equal((clean.Commit, true, 16), (changed.Commit, changed.Dirty, changed.DiffHash!.Length));
        Assert.NotEqual(changed, again);
        Assert.Equal(changed, Read(folder)); // the same change is the same code
    }

    [LinuxFact]
    public void New_source_files_are_code_and_what_trainings_baselines_and_sweeps_write_is_none()
    {
        using var folder = Repository();
        var clean = Read(folder);
        foreach (var output in new[] { "model.pt", "outputs/.hydra/config.yaml", "mlflow.db", ".experiments/e/trials/script.py", "baselines/e.json", "sub/log.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(output))!);
            File.WriteAllText(folder.File(output), "output");
        }

        File.AppendAllText(folder.File("sweep.yaml"), "# a remark\n");
        Assert.Equal(clean, Read(folder));

        File.WriteAllText(folder.File("sub/new.py"), "import os\n");
        var more = Read(folder);
        File.WriteAllText(folder.File("sub/new.py"), "import sys\n");
        Assert.True(more.Dirty);
        Assert.NotEqual(more, Read(folder));
    }

    [LinuxFact]
    public async Task A_link_is_where_it_leads_and_what_is_there_is_not_read()
    {
        using var folder = Repository();
        File.CreateSymbolicLink(folder.File("link.py"), "/dev/zero");
        var zero = await Task.Run(() => Read(folder), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        File.Delete(folder.File("link.py"));
        File.CreateSymbolicLink(folder.File("link.py"), "train.py");

        Assert.True(zero.Dirty);
        Assert.NotEqual(zero, Read(folder));
    }

    [LinuxFact]
    public void Before_the_first_commit_the_files_themselves_are_the_code()
    {
        using var folder = new TestFolder();
        Git(folder, "init", "--quiet");
        File.WriteAllText(folder.File("train.py"), "a = 1\n");
        var first = Read(folder);
        File.WriteAllText(folder.File("train.py"), "a = 2\n");

        Assert.Equal((null, true), (first.Commit, first.Dirty));
        Assert.NotEqual(first, Read(folder));
    }

    [LinuxFact]
    public async Task Changed_code_is_not_resumed_unless_allowed_and_then_the_results_say_so()
    {
        using var sweep = new SweepTest();
        Git(sweep.Folder, "init", "--quiet");
        File.WriteAllText(Path.Combine(sweep.Folder, "train.py"), "a = 1\n");
        var request = sweep.Request(SweepTest.Step, trials: 2);
        var first = await SweepTest.RunAsync(request);
        var again = request with { ResumeId = first.SweepId };
        Assert.Empty((await SweepTest.RunAsync(again)).OtherCode);

        File.WriteAllText(Path.Combine(sweep.Folder, "train.py"), "a = 2\n");
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => SweepTest.RunAsync(again));
        Assert.Equal("EXP3016", refusal.Diagnostic.Code);
        Assert.Contains($"with changes {first.DiffHash![..8]}", refusal.Diagnostic.Message, StringComparison.Ordinal);

        var allowed = await SweepTest.RunAsync(again with { AllowChangedCode = true });
        Assert.Equal((first.DiffHash, true), (allowed.DiffHash, allowed.Dirty));
        Assert.Equal(allowed.OtherCode, (await SweepTest.RunAsync(again)).OtherCode); // it is known by now, and recorded once
        Assert.NotEqual(first.DiffHash, Assert.Single(allowed.OtherCode).DiffHash);
    }

    [LinuxFact]
    public async Task Failed_trials_are_repeated_with_mended_code_and_say_which_and_the_others_stay()
    {
        using var sweep = new SweepTest();
        Git(sweep.Folder, "init", "--quiet");
        File.WriteAllText(Path.Combine(sweep.Folder, "train.sh"), "[ $1 = 2 ] && exit 7\n");
        var request = sweep.Request($". {sweep.Folder}/train.sh; {SweepTest.Step}", trials: 3);
        var first = await SweepTest.RunAsync(request);
        Assert.Equal([TrialStatus.Completed, TrialStatus.Failed, TrialStatus.Completed], first.Trials.Select(trial => trial.Status));

        File.WriteAllText(Path.Combine(sweep.Folder, "train.sh"), ":\n");
        var repeat = request with { ResumeId = first.SweepId, RepeatFailed = true };
        var mended = await SweepTest.RunAsync(repeat);

        Assert.Equal([TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Completed], mended.Trials.Select(trial => trial.Status));
        Assert.Equal([first.Trials[0].StartedAt, first.Trials[2].StartedAt], new[] { mended.Trials[0].StartedAt, mended.Trials[2].StartedAt });
        var code = Assert.Single(mended.OtherCode);
        Assert.Equal([null, code, null], mended.Trials.Select(trial => trial.Code));
        Assert.NotEqual(first.DiffHash, code.DiffHash);
        var warning = Assert.Single(Judge.Assess(mended, request.Definition, null).Diagnostics, one => one.Code == "EXP2033");
        Assert.Equal($"1 of 3 trials ran with {code}, the sweep began with no commit with changes {first.DiffHash![..8]}", warning.Message);
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => SweepTest.RunAsync(repeat));
        Assert.Equal($"EXP3046: no trial of sweep {first.SweepId} failed or measured nothing", $"{refusal.Diagnostic.Code}: {refusal.Diagnostic.Message}");
    }

    [LinuxFact]
    public async Task Trials_that_never_ran_do_not_begin_with_mended_code()
    {
        using var sweep = new SweepTest();
        Git(sweep.Folder, "init", "--quiet");
        File.WriteAllText(Path.Combine(sweep.Folder, "train.py"), "a = 1\n");
        var request = sweep.Request("exit 7", trials: 2);
        var first = await SweepTest.RunAsync(request);
        var journal = sweep.FolderOf(first.SweepId).Journal;
        File.WriteAllText(journal, File.ReadAllLines(journal)[0] + "\n"); // it was cut off after its first trial

        File.WriteAllText(Path.Combine(sweep.Folder, "train.py"), "a = 2\n");
        var repeat = request with { ResumeId = first.SweepId, RepeatFailed = true };
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => SweepTest.RunAsync(repeat));
        Assert.Equal("EXP3016", refusal.Diagnostic.Code);
        Assert.EndsWith(" now, with which trials that never ran do not begin", refusal.Diagnostic.Message, StringComparison.Ordinal);

        Assert.Equal(2, (await SweepTest.RunAsync(repeat with { AllowChangedCode = true })).Trials.Count(trial => trial.Code is not null));
    }

    [LinuxFact]
    public async Task Without_a_repository_a_resumed_sweep_says_that_its_code_is_not_known()
    {
        using var sweep = new SweepTest();
        var notes = new List<Diagnostic>();
        var request = sweep.Request(SweepTest.Step) with { Note = notes.Add };
        var first = await SweepTest.RunAsync(request);
        Assert.Empty(notes);

        await SweepTest.RunAsync(request with { ResumeId = first.SweepId });

        Assert.Equal("EXP3017", Assert.Single(notes).Code);
        Assert.Contains("there is no git repository around " + sweep.Folder, notes[0].Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_repository_that_git_refuses_is_said_and_its_commit_still_counts()
    {
        using var folder = Repository();
        var commit = Read(folder).Commit;
        File.AppendAllText(folder.File(".git/config"), "[broken\n");

        var (state, unknown) = WorkingTree.Read(folder.Path, []);

        Assert.Equal(new CodeState(commit, null, null), state);
        Assert.StartsWith("git rev-parse: ", unknown, StringComparison.Ordinal);
    }

    private static CodeState Read(TestFolder folder)
    {
        var (state, unknown) = WorkingTree.Read(folder.Path, [folder.File(".experiments"), folder.File("baselines"), folder.File("sweep.yaml")]);
        Assert.Null(unknown);
        return state;
    }

    private static TestFolder Repository()
    {
        var folder = new TestFolder();
        File.WriteAllText(folder.File("train.py"), "a = 1\n");
        File.WriteAllText(folder.File("sweep.yaml"), "name: e\n");
        Git(folder, "init", "--quiet");
        Git(folder, "add", ".");
        Git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "first");
        return folder;
    }

    private static void Git(TestFolder folder, params string[] arguments) => Git(folder.Path, arguments);

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
