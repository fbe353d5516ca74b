using System.CommandLine;
using Experiments.Core.Results;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments completions</c>: a script that makes a shell complete commands, options and their values; files stay the shell's own.</summary>
internal static class CompletionsCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _experiments() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(experiments complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _experiments experiments
            """,
        ["zsh"] = """
            _experiments() {
              local -a found=("${(@f)$(experiments complete "$CURSOR" "$BUFFER" 2>/dev/null)}")
              [[ -n "$found" ]] && compadd -a found || _files
            }
            compdef _experiments experiments
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName experiments -ScriptBlock {
              param($word, $line, $cursor)
              experiments complete $cursor "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completions", """
            Prints a script that makes a shell complete commands and options.

            Examples:
              eval "$(experiments completions bash)"                            in ~/.bashrc; zsh likewise in ~/.zshrc
              experiments completions pwsh | Out-String | Invoke-Expression     in $PROFILE
            """) { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(Scripts[parsed.GetRequiredValue(shell)]);
            return ExitCodes.Pass;
        });
        return command;
    }

    /// <summary>What the scripts call: <c>experiments complete 16 "experiments plan "</c> prints what may follow, one word a line.</summary>
    public static Command CreateComplete()
    {
        var position = new Argument<int>("position");
        var line = new Argument<string>("line");
        var command = new Command("complete") { position, line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(line);
            var typed = text[..Math.Clamp(parsed.GetValue(position), 0, text.Length)];
            var begin = typed.IndexOf(' ', StringComparison.Ordinal); // after the command's own name, however it was called
            if (begin < 0)
                return ExitCodes.Pass;
            var rest = typed[(begin + 1)..];
            var words = ExperimentsCommand.Create().Parse(rest).GetCompletions(rest.Length).Select(completion => completion.Label);
            foreach (var word in words.Where(word => !word.StartsWith('/') && word is not ("-?" or "-h"))) // the other spellings of --help
                parsed.InvocationConfiguration.Output.WriteLine(word);
            return ExitCodes.Pass;
        });
        return command;
    }
}
