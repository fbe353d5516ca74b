using Experiments.Datasets.Synthetic;

namespace Experiments.Datasets.Meld;

/// <summary>
/// EMOTyDA's dialogue acts: statement, question, answer, opinion, others, greeting, agreement, disagreement, command, apology, backchannel,
/// acknowledge.
/// </summary>
internal static class DialogueActs
{
    /// <summary>Most frequent first; the same as in the synthetic profile.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SyntheticProfiles.MeldDa.Classes.Select(share => share.Name)];
}
