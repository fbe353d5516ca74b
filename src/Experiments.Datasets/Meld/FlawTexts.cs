namespace Experiments.Datasets.Meld;

/// <summary>What each flaw is, and what is done about it.</summary>
internal static class FlawTexts
{
    public static bool Rejects(MeldFlaw flaw) => flaw is
        MeldFlaw.UnreadableTime or MeldFlaw.NoDuration or MeldFlaw.TooLong or MeldFlaw.RepeatedKey or MeldFlaw.Duplicate
        or MeldFlaw.InTwoSplits or MeldFlaw.NoLabel or MeldFlaw.UnknownLabel or MeldFlaw.FilesDisagree or MeldFlaw.NoText;

    public static string Of(MeldFlaw flaw) => flaw switch
    {
        MeldFlaw.UnreadableTime => "start or end is no time",
        MeldFlaw.NoDuration => "the utterance ends before it began, or within one video frame",
        MeldFlaw.TooLong => "longer than a minute: the end belongs to another utterance",
        MeldFlaw.TooShortForItsWords => "more than 12 words a second; the duration was estimated from the words",
        MeldFlaw.Cut => "longer than the most frames (70 tokens, 250 video, 520 audio); the rest was cut off",
        MeldFlaw.RepeatedKey => "the same dialogue and utterance number twice in a file",
        MeldFlaw.Duplicate => "the same moment and words in another dialogue; the first was kept",
        MeldFlaw.DuplicateWithAnotherLabel => "of these duplicates, some have another label than the one that was kept",
        MeldFlaw.InTwoSplits => "the splits disagree: also in MELD's dev or test split",
        MeldFlaw.NoLabel => "no dialogue act: EMOTyDA labelled MELD's training utterances alone",
        MeldFlaw.UnknownLabel => "a dialogue act that does not exist",
        MeldFlaw.LabelWithSpaces => "spaces around the label were removed",
        MeldFlaw.WrongEncoding => "text decoded with the wrong encoding (company¬ís) was repaired",
        MeldFlaw.SpreadsheetDamage => "text that a spreadsheet took for a date, a time or a formula was restored from MELD's own file",
        MeldFlaw.FilesDisagree => "MELD and EMOTyDA have different utterances under the same number",
        MeldFlaw.NoText => "no words",
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, "Not a flaw."),
    };
}
