using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;

namespace Experiments.Processes.Tests.Launching;

public class ProcessTextTests
{
    [Fact]
    public void A_process_name_may_hold_spaces_and_parentheses()
    {
        var stat = ProcStat.Parse(
            "4711 (a) b (c) S 12 4711 4700 0 -1 4194560 2966 84330 7 46 61 22 61 22 20 0 1 0 127509 5128192 986 18446744073709551615 1"u8);

        Assert.Equal(new ProcStat(4711, 'S', 12, 4700, 2966, 7, 61, 22, 127509), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 (sh")]
    [InlineData("12 (sh) S")]
    [InlineData("12 (sh) S 1 2")]
    public void A_torn_state_is_none(string line) => Assert.Null(ProcStat.Parse(System.Text.Encoding.ASCII.GetBytes(line)));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("--a=b/c.d", "--a=b/c.d")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    public void Words_are_quoted_where_a_shell_would_change_them(string word, string expected) => Assert.Equal(expected, ShellText.Quote(word));

    [Fact]
    public void Exit_codes_and_signals_are_read_from_the_raw_status()
    {
        Assert.Equal((137, null), TreeEnd.OfStatus(137 << 8));
        Assert.Equal((null, 9), TreeEnd.OfStatus(9));
        Assert.Equal((null, 11), TreeEnd.OfStatus(11 | 0x80)); // with a core dump
    }

    [LinuxFact]
    public void A_program_that_cannot_be_started_is_said_with_its_reason()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("notes.txt"), "text");
        var environment = new Dictionary<string, string> { ["PATH"] = $"{folder.Path}:/usr/bin:/bin" };

        Assert.Equal("/bin/sh", ProgramPath.Resolve("/bin/sh", folder.Path, environment));
        Assert.EndsWith("/sh", ProgramPath.Resolve("sh", folder.Path, environment), StringComparison.Ordinal);
        Assert.Contains("no such program in PATH", Reason("no-such-program"), StringComparison.Ordinal);
        Assert.Contains("not executable", Reason("./notes.txt"), StringComparison.Ordinal);
        Assert.Contains("not executable", Reason("notes.txt"), StringComparison.Ordinal);
        Assert.Contains("does not exist", Reason("./train.sh"), StringComparison.Ordinal);
        Assert.Contains("is a folder", Reason("./"), StringComparison.Ordinal);

        string Reason(string program) =>
            Assert.Throws<LaunchException>(() => ProgramPath.Resolve(program, folder.Path, environment)).Reason;
    }
}
