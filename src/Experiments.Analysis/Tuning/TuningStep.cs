using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>What a tuning does next.</summary>
public abstract record TuningStep
{
    private TuningStep()
    {
    }

    /// <summary>Measures a segment under a setting.</summary>
    /// <param name="Setting">The setting.</param>
    /// <param name="Block">The block that it belongs to.</param>
    public sealed record Measure(LoaderSetting Setting, int Block) : TuningStep;

    /// <summary>Measures what the training reaches if batches cost nothing; its training is thrown away from here on.</summary>
    public sealed record Ceiling : TuningStep;

    /// <summary>All is known, or the budget is spent.</summary>
    /// <param name="Report">The answer.</param>
    public sealed record Done(TuningReport Report) : TuningStep;
}
