using Experiments.Data.FeatureStores;
using Experiments.Datasets.Meld;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Meld;

/// <summary>One flaw at a time, among sound rows of made-up dialogues.</summary>
public sealed class MeldDatasetTests : IDisposable
{
    private const string Columns = "Sr No.,Utterance,Speaker,Emotion,Dialogue_ID,Utterance_ID,Season,Episode,StartTime,EndTime";
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:01,000\",\"soon\",g", MeldFlaw.UnreadableTime, true)]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:01,000\",g", MeldFlaw.NoDuration, true)]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:02,000\",\"00:00:01,000\",g", MeldFlaw.NoDuration, true)]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:01,000\",\"00:05:06,000\",g", MeldFlaw.TooLong, true)]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:02,000\",", MeldFlaw.NoLabel, true)]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:02,000\",zz", MeldFlaw.UnknownLabel, true)]
    [InlineData("9,Hi.,A,joy,0,0,1,1,\"00:59:01,000\",\"00:59:02,000\",g", MeldFlaw.RepeatedKey, true)]
    [InlineData("9,  ,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:02,000\",g", MeldFlaw.NoText, true)]
    [InlineData("9,Utterance 3!,A,joy,90,0,1,1,\"00:03:00,000\",\"00:03:02,000\",s", MeldFlaw.Duplicate, true)]
    [InlineData("9,In dev too.,A,joy,90,0,7,7,\"00:00:01,000\",\"00:00:02,000\",s", MeldFlaw.InTwoSplits, true)]
    [InlineData("9,Hi.,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:02,000\",g ", MeldFlaw.LabelWithSpaces, false)]
    [InlineData("9,It¬ís me.,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:02,000\",g", MeldFlaw.WrongEncoding, false)]
    [InlineData("9,one two three four,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:01,100\",g", MeldFlaw.TooShortForItsWords, false)]
    [InlineData("9,So...,A,joy,90,0,1,1,\"00:00:01,000\",\"00:00:31,000\",g", MeldFlaw.Cut, false)]
    [InlineData("9,Nov-16,A,joy,91,0,1,1,\"00:00:01,000\",\"00:00:02,000\",g", MeldFlaw.SpreadsheetDamage, false)]
    [InlineData("9,Something else,A,joy,91,0,1,1,\"00:08:01,000\",\"00:08:02,000\",g", MeldFlaw.FilesDisagree, true)]
    public void A_flaw_is_named_counted_and_rejected_or_cleaned(string row, MeldFlaw flaw, bool rejected)
    {
        var report = Build(row);
        var warning = Assert.Single(report.Warnings, warning => warning.Flaw == flaw);
        var unlabelled = flaw == MeldFlaw.NoLabel ? 2 : 0; // the rows of train and dev
        Assert.Equal((1 + unlabelled, rejected), (warning.Count, warning.Rejected));
        Assert.Equal("emotyda_meld.csv:22", warning.Examples[0]);
        Assert.Equal(rejected ? 20 : 21, report.Usable);
        Assert.Contains("emotyda_meld.csv:22", warning.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_dialogue_is_in_two_splits()
    {
        Build(Enumerable.Range(0, 400).Select(i => Sound(1_000 + i, dialogue: 100 + (i / 7))).ToArray());
        using var store = FeatureStore.Open(folder["store"]);
        var dialogues = new[] { Split.Train, Split.Dev, Split.Test }.Select(split => store.Samples(split).Select(i => store.SampleNames[i].Split('_')[0]).ToHashSet()).ToList();
        Assert.All(dialogues, Assert.NotEmpty);
        Assert.Equal(dialogues.Sum(split => split.Count), dialogues.SelectMany(split => split).Distinct().Count());
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var problem = Assert.Throws<FileNotFoundException>(() => MeldDataset.Build(folder.Path, folder["store"], new MeldOptions(), null, TestContext.Current.CancellationToken));
        Assert.Contains("emotyda_meld.csv", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        Write("emotyda_meld.csv", "Utterance,Season");
        var problem = Assert.Throws<InvalidDataException>(() => MeldDataset.Build(folder["annotations"], folder["store"], new MeldOptions(), null, TestContext.Current.CancellationToken));
        Assert.Contains("Dialogue_ID", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private MeldReport Build(params string[] rows)
    {
        Write("emotyda_meld.csv", [Columns + ",Dialogue Act", .. Enumerable.Range(0, 20).Select(i => Sound(i, dialogue: i / 2)), .. rows]);
        Write("train_sent_emo.csv", Columns, "9,November 16,A,joy,91,0,1,1,\"00:00:01,000\",\"00:00:02,000\"");
        Write("dev_sent_emo.csv", Columns, "1,In dev too!,A,joy,0,0,7,7,\"00:00:01,000\",\"00:00:02,000\"");
        Write("test_sent_emo.csv", Columns);
        return MeldDataset.Build(folder["annotations"], folder["store"], new MeldOptions { Samples = null, Features = MeldFeatures.TextOnly }, null, TestContext.Current.CancellationToken);
    }

    private static string Sound(int i, int dialogue) =>
        FormattableString.Invariant($"{i},Utterance {i}.,A,neutral,{dialogue},{i},1,{1 + (i / 60)},\"00:{i % 60:D2}:00,000\",\"00:{i % 60:D2}:02,000\",s");

    private void Write(string name, params string[] lines)
    {
        Directory.CreateDirectory(folder["annotations"]);
        File.WriteAllLines(Path.Combine(folder["annotations"], name), lines);
    }
}
