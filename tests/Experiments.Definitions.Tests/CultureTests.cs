using System.Globalization;
using System.Text.Json;
using Experiments.Core;

namespace Experiments.Definitions.Tests;

/// <summary>Turkish has another upper case of i, German another decimal point, Arabic other digits and a sign of its own.</summary>
public sealed class CultureTests : IDisposable
{
    private const string Fractions =
        """
        name: fractions
        train: {command: [ls]}
        matrix: {lr: [0.5, -1.5e-3], n: [-3]}
        limits: {memory: 1.5GiB, timeout: 1.5h}
        gates: {throughput: {max_regression: 2.5%}, peak_memory: {max_increase: 0.125}}
        """;

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
        .. new[] { Examples.TorchSharp, Examples.PyTorch, Examples.Command, Fractions }.Select(text =>
            JsonSerializer.Serialize(_workplace.Read(text).Definition!, ExperimentsJson.Compact.ExperimentDefinition)),
    ];
}
