using System.Globalization;
using Cake.Core;
using Cake.Experiments.Tool;
using Experiments.Core.Results;

namespace Cake.Experiments.Tasks;

/// <summary>The options that the tasks take from the build's command line. Cake passes what it does not know in silence; these are checked.</summary>
internal static class ExperimentOptions
{
    /// <summary>The experiments named by <c>--experiment=NAME</c>, repeated or with commas; none means all.</summary>
    public static IReadOnlyList<string> Selected(ICakeArguments arguments) =>
        [.. Values(arguments, "experiment").SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static ExperimentsSettings Read(ICakeArguments arguments)
    {
        var settings = new ExperimentsSettings
        {
            Repeats = Number(arguments, "repeats", least: 1),
            Seed = Number(arguments, "seed", least: 0),
            Shard = Text(arguments, "shard"),
            Reason = Text(arguments, "reason"),
            Resume = arguments.HasArgument("resume"), // a flag: it has no value
        };
        foreach (var filter in Values(arguments, "filter"))
        {
            if (filter.IndexOf('=', StringComparison.Ordinal) < 1)
                throw Wrong($"--filter={filter} is no filter; write --filter=axis=value, such as --filter=num_workers=4");
            settings.Filters.Add(filter);
        }

        return settings;
    }

    private static int? Number(ICakeArguments arguments, string name, int least)
    {
        if (Text(arguments, name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least
            ? value
            : throw Wrong($"--{name}={text} is no whole number of at least {least}");
    }

    private static string? Text(ICakeArguments arguments, string name) => Values(arguments, name) switch
    {
        [] => null,
        [var value] => value,
        var values => throw Wrong($"--{name} is given {values.Count} times"),
    };

    private static List<string> Values(ICakeArguments arguments, string name)
    {
        if (!arguments.HasArgument(name))
            return [];
        var values = arguments.GetArguments(name).ToList();
        return values.Any(string.IsNullOrWhiteSpace) ? throw Wrong($"--{name} needs a value: --{name}=…") : values;
    }

    private static CakeException Wrong(string message) => new(ExitCodes.BadUsage, $"Experiments: {message}.");
}
