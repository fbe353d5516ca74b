using Experiments.Datasets.Stores;

namespace Experiments.Datasets.Synthetic;

/// <summary>The profiles that exist.</summary>
/// <remarks>
/// Shapes and class names are those of the real datasets. MELD-DA's class shares and durations were measured on the annotations of
/// EMOTyDA; MIntRec's and IEMOCAP-DA's durations follow the published means (2.4 and 4.5 s), MIntRec's shares are approximate, and
/// IEMOCAP-DA has MELD-DA's shares for want of better.
/// </remarks>
public static class SyntheticProfiles
{
    private static readonly ClassShare[] DialogueActs =
    [
        new("s", 0.2998), new("q", 0.2044), new("ans", 0.1285), new("o", 0.1095), new("oth", 0.0616), new("g", 0.0487),
        new("ag", 0.0446), new("dag", 0.0289), new("c", 0.0286), new("ap", 0.0178), new("b", 0.0172), new("a", 0.0103),
    ];

    private static readonly ClassShare[] Intents =
    [
        new("Complain", 0.129), new("Inform", 0.128), new("Praise", 0.097), new("Advise", 0.073), new("Apologise", 0.062),
        new("Thank", 0.056), new("Arrange", 0.056), new("Criticize", 0.053), new("Introduce", 0.051), new("Care", 0.045),
        new("Comfort", 0.035), new("Leave", 0.032), new("Prevent", 0.030), new("Agree", 0.028), new("Taunt", 0.027),
        new("Greet", 0.025), new("Oppose", 0.024), new("Joke", 0.023), new("Ask for help", 0.013), new("Flaunt", 0.013),
    ];

    /// <summary>MELD-DA: 12 dialogue acts in scenes of a television series.</summary>
    public static SyntheticProfile MeldDa { get; } = new()
    {
        Name = "meld-da",
        DatasetName = "MELD-DA",
        Classes = DialogueActs,
        Durations = new DurationDistribution(2.46, 0.69),
        Modalities = Modalities(70, 250, 520),
    };

    /// <summary>MIntRec: 20 intents, short utterances.</summary>
    public static SyntheticProfile MIntRec { get; } = new()
    {
        Name = "mintrec",
        DatasetName = "MIntRec",
        Classes = Intents,
        Durations = new DurationDistribution(2.1, 0.5),
        Modalities = Modalities(30, 230, 480),
    };

    /// <summary>IEMOCAP-DA: 12 dialogue acts, long utterances.</summary>
    public static SyntheticProfile IemocapDa { get; } = new()
    {
        Name = "iemocap-da",
        DatasetName = "IEMOCAP-DA",
        Classes = DialogueActs,
        Durations = new DurationDistribution(3.6, 0.66),
        Modalities = Modalities(44, 230, 380),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SyntheticProfile> All { get; } = [MeldDa, MIntRec, IemocapDa];

    /// <summary>The profile of a name, or null.</summary>
    /// <param name="name">The name as users write it, in any case.</param>
    public static SyntheticProfile? Find(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ModalityDescription[] Modalities(int textFrames, int videoFrames, int audioFrames) =>
    [
        new() { Name = "text", Features = 768, MaxFrames = textFrames, Synthetic = true },
        new() { Name = "video", Features = 1024, MaxFrames = videoFrames, FramesPerSecond = 25, Synthetic = true },
        new() { Name = "audio", Features = 768, MaxFrames = audioFrames, FramesPerSecond = 50, Synthetic = true },
    ];
}
