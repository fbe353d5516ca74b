namespace Experiments.Core.Plans;

/// <summary>Why a trial runs.</summary>
public enum TrialPurpose
{
    /// <summary>The plan has it.</summary>
    Planned,

    /// <summary>The planned repeats left its configuration unclear, or another one that it runs beside.</summary>
    Adaptive,

    /// <summary>Its configuration is suspected of a regression and is measured afresh.</summary>
    Confirmation,

    /// <summary>It shows how fast the machine is while suspects are confirmed.</summary>
    Control,
}
