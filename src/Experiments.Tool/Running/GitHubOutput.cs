using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Tool.Running;

/// <summary>
/// Standard output in GitHub Actions. Its matcher of .NET's diagnostics (actions/setup-dotnet) wants a <c>[project]</c> at the end of the line and
/// looks for the file from that project's folder, so each diagnostic ends with the folder that the tool runs in and a name. MSBuild adds its own.
/// </summary>
/// <param name="inner">The output itself.</param>
/// <param name="folder">The folder that diagnostics name their files from.</param>
internal sealed partial class GitHubOutput(TextWriter inner, string folder) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Whether the tool was started by a step of GitHub Actions, and not through MSBuild.</summary>
    /// <param name="variable">Gives the value of an environment variable.</param>
    public static bool IsWanted(Func<string, string?> variable) =>
        variable("GITHUB_ACTIONS") == "true" && variable("EXPERIMENTS_CALLED_BY") != "msbuild";

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine(string? value) =>
        inner.WriteLine(value is not null && Diagnostic().IsMatch(value) ? $"{value} [{Path.Combine(folder, "experiments")}]" : value);

    public override void Flush() => inner.Flush();

    [GeneratedRegex(@"^\S.*\(\d+(,\d+)?\): (error|warning) EXP\d{4}: ")]
    private static partial Regex Diagnostic();
}
