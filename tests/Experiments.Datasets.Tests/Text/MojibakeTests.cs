using Experiments.Datasets.Text;

namespace Experiments.Datasets.Tests.Text;

public sealed class MojibakeTests
{
    [Theory]
    [InlineData("my company¬ís transition", "my company’s transition")]
    [InlineData("¬ëWhere¬ís number 27?!¬í", "‘Where’s number 27?!’")]
    [InlineData("But I¬Ö I¬ó well", "But I… I— well")]
    [InlineData("It‚Äôs‚Ä¶ bigger", "It’s… bigger")]
    [InlineData("Adi√≥s, fianc√©e.", "Adiós, fiancée.")]
    public void Texts_decoded_as_Mac_Roman_are_repaired(string seen, string meant) => Assert.Equal(meant, Mojibake.Repair(seen));

    [Theory]
    [InlineData("Plain words.")]
    [InlineData("It’s fine, fiancée.")]
    [InlineData("日本語")]
    public void Intact_texts_stay_as_they_are(string text) => Assert.Equal(text, Mojibake.Repair(text));
}
