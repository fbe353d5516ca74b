using System.Text;
using Experiments.Datasets.Text;

namespace Experiments.Datasets.Meld;

/// <summary>Turns the rows of the four files into utterances fit for use; every row is kept or counted.</summary>
internal sealed class MeldCleaning(FlawCounter flaws)
{
    private const double WordsPerSecond = 2.57, MostWordsPerSecond = 12; // median and limit of MELD's rates
    private const int FewWords = 3;
    private static readonly TimeSpan OneFrame = TimeSpan.FromMilliseconds(40), TooLong = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> classes = DialogueActs.Names.ToHashSet(StringComparer.Ordinal);

    /// <summary>Cleans; the order of the labelled rows is kept.</summary>
    /// <param name="labelled">EMOTyDA's rows.</param>
    /// <param name="train">MELD's own rows of the same utterances.</param>
    /// <param name="others">MELD's dev and test rows, which have no dialogue act.</param>
    public IReadOnlyList<Utterance> Clean(IReadOnlyList<AnnotationRow> labelled, IReadOnlyList<AnnotationRow> train, IReadOnlyList<AnnotationRow> others)
    {
        var originals = train.GroupBy(row => row.Key).ToDictionary(rows => rows.Key, rows => rows.First());
        var elsewhere = others.Select(row => (row.Moment, Normalized(row.Utterance))).ToHashSet();
        var utterances = new List<Utterance>();
        var seen = new SeenUtterances();
        foreach (var row in labelled)
            if (Clean(row, originals.GetValueOrDefault(row.Key), elsewhere, seen) is { } utterance)
                utterances.Add(utterance);
        foreach (var row in train.ExceptBy(labelled.Select(row => row.Key), row => row.Key).Concat(others))
            if (HasDuration(row))
                flaws.Reject(MeldFlaw.NoLabel, row);
        return utterances;
    }

    private Utterance? Clean(AnnotationRow row, AnnotationRow? original, HashSet<((string, string, TimeSpan?, TimeSpan?), string)> elsewhere, SeenUtterances seen)
    {
        if (!HasDuration(row) || Label(row) is not { } label || Text(row, original) is not { } text)
            return null;
        var words = Normalized(text);
        if (!seen.AddKey(row))
            flaws.Reject(MeldFlaw.RepeatedKey, row);
        else if (elsewhere.Contains((row.Moment, words)))
            flaws.Reject(MeldFlaw.InTwoSplits, row);
        else if (seen.Duplicate(row, words) is { } first)
        {
            flaws.Reject(MeldFlaw.Duplicate, row);
            if (first != label)
                flaws.Count(MeldFlaw.DuplicateWithAnotherLabel, row);
        }
        else
        {
            seen.Add(row, words, label);
            return new Utterance(row.Dialogue, row.Number, text, label, Duration(row, text));
        }

        return null;
    }

    private bool HasDuration(AnnotationRow row)
    {
        MeldFlaw? flaw = row.Duration switch
        {
            null => MeldFlaw.UnreadableTime,
            { } duration when duration < OneFrame => MeldFlaw.NoDuration,
            { } duration when duration > TooLong => MeldFlaw.TooLong,
            _ => null,
        };
        if (flaw is { } found)
            flaws.Reject(found, row);
        return flaw is null;
    }

    private string? Label(AnnotationRow row)
    {
        var label = row.Label?.Trim() ?? "";
        if (classes.Contains(label))
        {
            if (label != row.Label)
                flaws.Count(MeldFlaw.LabelWithSpaces, row);
            return label;
        }

        flaws.Reject(label.Length == 0 ? MeldFlaw.NoLabel : MeldFlaw.UnknownLabel, row);
        return null;
    }

    private string? Text(AnnotationRow row, AnnotationRow? original)
    {
        var text = Mojibake.Repair(row.Utterance);
        if (original is not null && Normalized(original.Utterance) != Normalized(text))
        {
            if (original.Moment != row.Moment)
            {
                flaws.Reject(MeldFlaw.FilesDisagree, row);
                return null;
            }

            flaws.Count(MeldFlaw.SpreadsheetDamage, row);
            text = original.Utterance;
        }
        else if (text != row.Utterance)
        {
            flaws.Count(MeldFlaw.WrongEncoding, row);
        }

        if (TextTokens.Of(text).Count > 0)
            return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        flaws.Reject(MeldFlaw.NoText, row);
        return null;
    }

    private TimeSpan Duration(AnnotationRow row, string text)
    {
        var duration = row.Duration!.Value;
        var words = text.Count(unit => unit == ' ') + 1;
        if (words >= FewWords && words / duration.TotalSeconds > MostWordsPerSecond)
        {
            flaws.Count(MeldFlaw.TooShortForItsWords, row);
            duration = TimeSpan.FromSeconds(words / WordsPerSecond);
        }

        if (MeldStore.IsCut(duration, TextTokens.Of(text).Count))
            flaws.Count(MeldFlaw.Cut, row);
        return duration;
    }

    /// <summary>Letters and digits alone, so that quotes, dashes and spaces do not tell two texts apart.</summary>
    internal static string Normalized(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var unit in text.Normalize(NormalizationForm.FormC))
            if (char.IsLetterOrDigit(unit))
                plain.Append(char.ToLowerInvariant(unit));
        return plain.ToString();
    }
}
