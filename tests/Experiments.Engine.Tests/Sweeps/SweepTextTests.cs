using Experiments.Code;
using Experiments.Core.Definitions;
using Experiments.Engine.Execution;
using Experiments.Engine.Sweeps;
using Experiments.Processes.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Engine.Tests.Sweeps;

public class SweepTextTests
{
    [Fact]
    public void Sweeps_sort_by_the_time_of_their_start()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero));
        var first = SweepId.Create(time);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.StartsWith("20260131-235959-", first, StringComparison.Ordinal);
        Assert.True(string.CompareOrdinal(first, SweepId.Create(time)) < 0);
    }

    [Fact]
    public void Last_words_are_one_line_without_colours()
    {
        Assert.Equal("two | three | four", OutputTail.OneLine("one\ntwo\n\n\u001b[31mthree\u001b[0m\r\n  four\a \n"));
        Assert.Equal("", OutputTail.OneLine(" \n \n"));
        Assert.Equal(401, OutputTail.OneLine(new string('x', 5000)).Length);
    }

    [Fact]
    public void The_commit_is_read_without_git()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.File("repository/.git/refs/heads"));
        Directory.CreateDirectory(folder.File("repository/src"));
        File.WriteAllText(folder.File("repository/.git/HEAD"), "ref: refs/heads/main\n");
        Assert.Null(GitCommit.Read(folder.File("repository/src")));

        File.WriteAllText(folder.File("repository/.git/packed-refs"), "# pack-refs\n1111 refs/heads/other\n2222 refs/heads/main\n");
        Assert.Equal("2222", GitCommit.Read(folder.File("repository/src")));

        File.WriteAllText(folder.File("repository/.git/refs/heads/main"), "3333\n");
        Assert.Equal("3333", GitCommit.Read(folder.File("repository/src")));
    }

    [Fact]
    public void A_definition_is_known_again_wherever_its_file_lies()
    {
        using var sweep = new SweepTest();
        var definition = sweep.Request("exit 0").Definition;

        Assert.Equal(DefinitionHash.Of(definition), DefinitionHash.Of(definition with { File = "elsewhere.yaml" }));
        Assert.NotEqual(DefinitionHash.Of(definition), DefinitionHash.Of(definition with { Repeats = 2 }));
    }
}
