using System.Diagnostics;
using Experiments.Pages;

namespace Experiments.Tests.Pages;

/// <summary>What a real repository says of its commits.</summary>
public sealed class CommitLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments-log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [LinuxFact]
    public void Commits_have_their_subjects_and_what_came_between_two_is_listed()
    {
        Git("init", "--quiet");
        var hashes = Enumerable.Range(0, 12).Select(number => Commit($"Change\t{number}")).ToArray();
        var log = new CommitLog(_folder.FullName);

        Assert.Equal(["Change\t3", "Change\t7"], log.Subjects([hashes[3], hashes[7], hashes[3], new string('0', 40), "--output=x"]).Select(commit => commit.Subject));
        var few = log.Between(hashes[3], hashes[5])!;
        Assert.Equal((2, "Change\t5", "Change\t4"), (few.Count, few.Commits[0].Subject, few.Commits[1].Subject));
        var many = log.Between(hashes[0], hashes[11])!;
        Assert.Equal((11, 8), (many.Count, many.Commits.Count));
        Assert.Null(log.Between(hashes[0], hashes[0]));
        Assert.Null(log.Between(hashes[0], "--output=stolen"));
        Assert.Null(log.Between(new string('1', 40), hashes[0]));
        Assert.Equal(".git", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_folder.FullName))));
    }

    [Fact]
    public void Where_there_is_no_repository_nothing_is_known() => Assert.Empty(new CommitLog(_folder.FullName).Subjects([new string('1', 40)]));

    private string Commit(string subject)
    {
        Git("-c", "user.name=Sample", "-c", "user.email=sample@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "-m", subject);
        return Git("rev-parse", "HEAD");
    }

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true })!;
        var answer = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return answer;
    }
}
