using Experiments.Code;
using System.Diagnostics;
using Experiments.Core.Baselines;
using Experiments.Engine.Baselines;
using Experiments.Engine.Journal;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Journal;

/// <summary>Whatever lies in the place of a file of ours, reading it ends soon, and says in plain words what is wrong with which file.</summary>
public sealed class OddFilesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TestFolder _folder = new();

    public static TheoryData<string> NoPlainFiles => ["mkfifo x", "mkdir x", "ln -s x x", "ln -s /dev/zero x", "mkfifo pipe && ln -s pipe x"];

    public static TheoryData<string> NoJson => [": > x", "printf '{' > x", "printf '{\"schemaVersion\":99}' > x", "printf 'null' > x", "printf '[1]' > x", "head -c 5000 /dev/urandom > x", "printf '{\"sweep\":{\"trials\":7}}' > x"];

    [LinuxTheory]
    [MemberData(nameof(NoPlainFiles))]
    [MemberData(nameof(NoJson))]
    public async Task Results_and_a_plan_that_cannot_be_read_are_said(string make)
    {
        var sweep = new SweepFolder(_folder.Path);
        await MakeAsync(make);
        File.CreateSymbolicLink(sweep.Results, "x");
        File.CreateSymbolicLink(sweep.Manifest, "x");

        await SaysAsync("EXP3010", "results.json", sweep.ReadReport);
        await SaysAsync("EXP3010", "plan.json", sweep.ReadManifest);
        Assert.True(sweep.HasResults || make == "ln -s x x");
    }

    [LinuxTheory]
    [MemberData(nameof(NoPlainFiles))]
    public async Task A_journal_that_is_no_plain_file_is_said(string make)
    {
        var sweep = new SweepFolder(_folder.Path);
        await MakeAsync(make);
        File.CreateSymbolicLink(sweep.Journal, "x");

        await SaysAsync("EXP3010", "journal.jsonl", sweep.ReadJournal);
    }

    [LinuxTheory]
    [MemberData(nameof(NoPlainFiles))]
    [MemberData(nameof(NoJson))]
    public async Task A_baseline_that_cannot_be_read_is_said_and_never_taken_for_none(string make)
    {
        await MakeAsync(make);

        await SaysAsync<Baseline?>("EXP5004", "x", () => BaselineFile.Read(_folder.File("x")));
    }

    [LinuxTheory]
    [InlineData("mkdir .git; mkfifo .git/HEAD")]
    [InlineData("mkdir .git; ln -s /dev/zero .git/HEAD")]
    [InlineData("mkfifo .git")]
    [InlineData("mkdir -p .git/HEAD")]
    [InlineData("printf 'gitdir: \\0x\\n' > .git")]
    [InlineData("mkdir .git; printf 'ref: a\\0b\\n' > .git/HEAD")]
    [InlineData("mkdir .git; echo 'ref: refs/heads/main' > .git/HEAD; mkfifo .git/packed-refs")]
    public async Task What_is_no_repository_has_no_commit(string make)
    {
        await MakeAsync(make);

        Assert.Null(await Task.Run(() => GitCommit.Read(_folder.Path), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Dispose();

    private async Task SaysAsync<T>(string code, string file, Func<T> read)
    {
        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => Task.Run(read, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));

        Assert.Equal(code, refusal.Diagnostic.Code);
        Assert.Contains(_folder.File(file), refusal.Diagnostic.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"System\.|Experiments\.[A-Z]|Path: |isFinalBlock|Byte", refusal.Diagnostic.Message);
    }

    private async Task MakeAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder.Path })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }
}
