using System.CommandLine;
using Experiments.Definitions;

namespace Experiments.Tool.Commands;

/// <summary><c>--max-time</c>: how long the trials of a whole command may begin.</summary>
internal sealed class MaxTimeOption : Option<string?>
{
    public MaxTimeOption()
        : base("--max-time")
    {
        Description = "So long after its beginning the command begins no further trial; what is left is named, not measured (exit code 3) and continued by --resume.";
        HelpName = "2h";
        Validators.Add(given =>
        {
            if (given.Tokens is [var token] && DurationText.Read(token.Value) is not { Ticks: > 0 })
                given.AddError($"{Name} is \"{token.Value}\"; expected a duration such as 2h, 90m or 1h30m");
        });
    }

    /// <summary>The duration, or null.</summary>
    public TimeSpan? Of(ParseResult parsed) => parsed.GetValue(this) is { } text ? DurationText.Read(text) : null;
}
