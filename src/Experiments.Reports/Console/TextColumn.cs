namespace Experiments.Reports.Console;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Heading">Its heading.</param>
public sealed record TextColumn(string Heading)
{
    /// <summary>Whether its cells are set to the left; default: to the right, as numbers are.</summary>
    public bool IsLeft { get; init; }

    /// <summary>Whether its cells are a setting's values, told as <c>heading=value</c>; default false.</summary>
    public bool IsSetting { get; init; }

    /// <summary>In which order columns are left out of a narrow window, 1 first; 0, the default, never.</summary>
    public int LeftOut { get; init; }
}
