namespace Experiments.Datasets.Meld;

/// <summary>The files of the annotations.</summary>
internal static class MeldFiles
{
    /// <summary>EMOTyDA's dialogue acts of MELD's training utterances.</summary>
    public const string DialogueActs = "emotyda_meld.csv";

    /// <summary>MELD's own training utterances: the same, with intact text.</summary>
    public const string Train = "train_sent_emo.csv";

    /// <summary>MELD's dev utterances; nobody labelled their dialogue acts.</summary>
    public const string Dev = "dev_sent_emo.csv";

    /// <summary>MELD's test utterances; nobody labelled their dialogue acts.</summary>
    public const string Test = "test_sent_emo.csv";

    public static IReadOnlyList<string> All { get; } = [DialogueActs, Train, Dev, Test];
}
