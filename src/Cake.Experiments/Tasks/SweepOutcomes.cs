using Cake.Core;
using Cake.Core.Diagnostics;
using Experiments.Core.Results;

namespace Cake.Experiments.Tasks;

/// <summary>What the experiments of a sweep came to: the first red one does not keep the others from running.</summary>
internal sealed class SweepOutcomes(ICakeLog log)
{
    private readonly List<(string Experiment, int ExitCode)> _red = [];

    /// <summary>Whether the task <c>Sweep</c> follows, which judges all experiments together.</summary>
    public bool Collecting { get; set; }

    /// <summary>Keeps a failure for <see cref="Judge"/>, or passes it on where nobody would judge it, and where the user wants an end.</summary>
    public void Keep(string experiment, Exception exception)
    {
        if (exception is not CakeException verdict)
            throw exception;
        if (!Collecting || verdict.ExitCode == ExitCodes.Cancelled)
            throw new CakeException(verdict.ExitCode, $"experiment '{experiment}': {verdict.Message}");
        log.Error("{0}: {1}", experiment, verdict.Message);
        _red.Add((experiment, verdict.ExitCode));
    }

    /// <summary>Fails with the gravest exit code: a failed gate before what could not be judged.</summary>
    public void Judge()
    {
        if (_red.Count == 0)
            return;
        var exitCode = ExitCodes.Worst(_red.Select(outcome => outcome.ExitCode));
        var list = string.Join(", ", _red.Select(outcome => $"{outcome.Experiment} ({ExitCodes.Meaning(outcome.ExitCode)})"));
        throw new CakeException(exitCode, $"Experiments: not all passed: {list}.");
    }
}
