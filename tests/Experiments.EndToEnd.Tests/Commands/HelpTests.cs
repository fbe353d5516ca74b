using System.Globalization;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What the command line says of itself.</summary>
public class HelpTests
{
    [Fact]
    public async Task The_list_of_commands_has_one_line_each_and_a_commands_own_help_its_examples()
    {
        using var workspace = new Workspace();

        var list = await workspace.RunAsync("--help");
        var commands = list.Lines.SkipWhile(line => line != "Commands:").Skip(1).Where(line => line.Length > 0).ToList();

        Assert.True(commands.Count >= 12, list.Output);
        Assert.All(commands, line => Assert.Matches("^  [a-z]", line));
        foreach (var command in commands.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]).Where(name => name is not ("data" or "baseline")))
        {
            var help = await workspace.RunAsync(command, "--help");
            Assert.True(help.Output.Contains("Example", StringComparison.Ordinal), $"{command} has no example:\n{help.Output}");
        }
    }

    [Theory]
    [InlineData("experiments res", "resume")]
    [InlineData("/usr/bin/experiments run --rep", "--repeats")]
    [InlineData("experiments plan x.yaml --output ", "json\ntable")]
    [InlineData("experiments data synthesize --profile meld", "meld-da")]
    public async Task Shells_are_told_what_may_follow(string line, string words)
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync("complete", line.Length.ToString(CultureInfo.InvariantCulture), line);

        Assert.Equal(words, string.Join('\n', run.Lines));
    }

    [Fact]
    public async Task Bash_completes_a_command_with_the_script_that_is_printed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        using var workspace = new Workspace();
        workspace.Write("script.bash", (await workspace.RunAsync("completions", "bash")).Output + $$"""
            experiments() { dotnet exec '{{BuiltProgram.PathOf("Experiments.Tool")}}' "$@"; }
            COMP_LINE='experiments run --re' COMP_POINT=20 COMP_WORDS=(experiments run --re) COMP_CWORD=2
            _experiments
            echo "${COMPREPLY[@]}"
            """);

        using var bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["script.bash"]) { WorkingDirectory = workspace.Folder, RedirectStandardOutput = true })!;

        Assert.Equal("--repeats --resume", (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
    }
}
