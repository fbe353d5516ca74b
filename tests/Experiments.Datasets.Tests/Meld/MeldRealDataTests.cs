using Experiments.Data.FeatureStores;
using Experiments.Datasets.Meld;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Meld;

[Trait("Needs", "meld")]
public sealed class MeldRealDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_row_of_the_real_annotations_is_used_or_counted()
    {
        var report = MeldDataset.Build(Repository.MeldAnnotations, folder["store"], new MeldOptions { Samples = null, Features = MeldFeatures.TextOnly }, null, TestContext.Current.CancellationToken);

        Assert.Equal((13_708, 9_973), (report.RowsRead, report.Usable));
        Assert.Equal(9_989 + 1_109 + 2_610, report.RowsRead); // EMOTyDA, which has all of MELD's train, and MELD's dev and test
        Assert.Equal(report.RowsRead, report.Usable + report.Warnings.Where(warning => warning.Rejected).Sum(warning => warning.Count));
        Assert.Equal(
            [
                (MeldFlaw.NoDuration, 2), (MeldFlaw.TooLong, 2), (MeldFlaw.TooShortForItsWords, 75), (MeldFlaw.Cut, 210), (MeldFlaw.Duplicate, 12),
                (MeldFlaw.DuplicateWithAnotherLabel, 3), (MeldFlaw.InTwoSplits, 2), (MeldFlaw.NoLabel, 3_716), (MeldFlaw.LabelWithSpaces, 1),
                (MeldFlaw.WrongEncoding, 2_742), (MeldFlaw.SpreadsheetDamage, 4), (MeldFlaw.FilesDisagree, 1),
            ],
            report.Warnings.Select(warning => (warning.Flaw, warning.Count)));
    }

    [Fact]
    public void A_store_of_the_real_annotations_says_what_is_synthetic()
    {
        var report = MeldDataset.Build(Repository.MeldAnnotations, folder["store"], new MeldOptions { Samples = 100 }, null, TestContext.Current.CancellationToken);
        using var store = FeatureStore.Open(folder["store"]);
        Assert.Equal((70, 10, 20), (store.Samples(Split.Train).Count, store.Samples(Split.Dev).Count, store.Samples(Split.Test).Count));
        Assert.Equal(report.Synthetic, store.Synthetic);
        Assert.Equal((false, true, true), (store.Modalities["text"].Synthetic, store.Modalities["video"].Synthetic, store.Modalities["audio"].Synthetic));
        Assert.All(store.Synthetic, part => Assert.Contains("the same for every label", part, StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();
}
