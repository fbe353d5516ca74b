using System.Text;

namespace Experiments.Processes.Launching;

/// <summary>Writes commands as a POSIX shell reads them.</summary>
internal static class ShellText
{
    private const string Plain = "+-./:=@_,%^";

    /// <summary>One word, quoted where it must be.</summary>
    /// <param name="word">The word.</param>
    internal static string Quote(string word) =>
        word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || Plain.Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A program and its arguments on one line.</summary>
    /// <param name="words">The words.</param>
    internal static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>A script that runs a command as the engine ran it.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="workingDirectory">Where it ran.</param>
    /// <param name="environment">The variables that the engine added.</param>
    internal static string Script(IEnumerable<string> command, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        var script = new StringBuilder("#!/bin/sh\n");
        foreach (var (name, value) in environment)
        {
            if (name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
                script.Append("export ").Append(name).Append('=').Append(Quote(value)).Append('\n');
        }

        return script.Append("cd ").Append(Quote(workingDirectory)).Append(" || exit\nexec ").Append(Line(command)).Append('\n').ToString();
    }
}
