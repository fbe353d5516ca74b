namespace Experiments.Datasets.Meld;

/// <summary>What can be wrong with a row of the annotations.</summary>
public enum MeldFlaw
{
    /// <summary>Start or end is no time.</summary>
    UnreadableTime,

    /// <summary>The end is not after the start, or by less than one video frame (40 ms).</summary>
    NoDuration,

    /// <summary>Longer than a minute: the end belongs to another utterance.</summary>
    TooLong,

    /// <summary>Too short for its words: more than twelve a second.</summary>
    TooShortForItsWords,

    /// <summary>Longer than the store's most frames.</summary>
    Cut,

    /// <summary>The same dialogue and utterance number twice in a file.</summary>
    RepeatedKey,

    /// <summary>The same moment of the same episode, with the same words, in another dialogue.</summary>
    Duplicate,

    /// <summary>As <see cref="Duplicate"/>, and the two have different labels.</summary>
    DuplicateWithAnotherLabel,

    /// <summary>Also in MELD's dev or test split.</summary>
    InTwoSplits,

    /// <summary>No dialogue act is given.</summary>
    NoLabel,

    /// <summary>A dialogue act that does not exist.</summary>
    UnknownLabel,

    /// <summary>Spaces around the dialogue act.</summary>
    LabelWithSpaces,

    /// <summary>The text was decoded with the wrong encoding.</summary>
    WrongEncoding,

    /// <summary>A spreadsheet changed the text: <c>#NAME?</c>, <c>Nov-16</c>.</summary>
    SpreadsheetDamage,

    /// <summary>The two files have different utterances under the same number.</summary>
    FilesDisagree,

    /// <summary>No words.</summary>
    NoText,
}
