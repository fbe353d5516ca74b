using System.Globalization;

namespace Experiments.Engine.Tests.Definitions;

/// <summary>Turkish has another upper case of i, German another decimal point, Arabic other digits and a sign of its own.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        _workplace.Dispose();
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void The_users_culture_changes_neither_definitions_nor_messages(string culture)
    {
        var before = All();

        CultureInfo.CurrentCulture = new CultureInfo(culture);

        Assert.Equal(before, All());
    }

    private string[] All() =>
    [
        .. MistakeCases.All.SelectMany(mistake => _workplace.Mistakes(mistake.Text, mistake.FileName)),
        .. new[] { Examples.TorchSharp, Examples.PyTorch, Examples.Command }
            .Select(text => Engine.Definitions.DefinitionHash.CanonicalJson(_workplace.Read(text.Replace("[0", "[1.5, -3, 0")).Definition
                ?? _workplace.Read(text).Definition!)),
    ];
}
