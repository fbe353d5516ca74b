using System.CommandLine;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary>Whether the CI system that runs the tool is told the outcome in its own language.</summary>
internal sealed class CiOption : Option<string>
{
    private const string None = "none";

    public CiOption()
        : base("--ci")
    {
        Description = "auto: tell GitHub Actions, Azure Pipelines, TeamCity, GitLab or Buildkite, whichever runs the tool; none: do not.";
        DefaultValueFactory = _ => "auto";
        HelpName = "auto|none";
        this.AcceptOnlyFromAmong("auto", None);
    }

    /// <summary>Tells it.</summary>
    public void Tell(ParseResult parsed, SweepRun run, TextWriter output)
    {
        if (parsed.GetValue(this) != None)
            new CiService(Environment.GetEnvironmentVariable).Tell(run, output);
    }
}
