namespace Experiments.Definitions.Tests;

/// <summary>Every mistake of <c>Mistakes/*.txt</c>, message by message.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public static TheoryData<string, string> Cases => [.. MistakeCases.All.Select(mistake => (mistake.Name, mistake.File))];

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_told_with_its_place_and_the_remedy(string name, string file)
    {
        var mistake = MistakeCases.All.Single(mistake => mistake.Name == name && mistake.File == file);

        var lines = _workplace.Mistakes(mistake.Text, mistake.FileName);

        Assert.Equal(string.Join('\n', mistake.Expected), string.Join('\n', lines));
    }
}
