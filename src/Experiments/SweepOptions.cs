namespace Experiments;

/// <summary>Which sweep of an experiment is meant, and where it lies.</summary>
public record SweepOptions
{
    private readonly string _root = Path.GetFullPath(".experiments");

    /// <summary>The folder where sweeps live; default: <c>.experiments</c> in the working folder.</summary>
    public string Root
    {
        get => _root;
        init => _root = Path.GetFullPath(value);
    }

    /// <summary>The sweep's id; default: the latest that is finished.</summary>
    public string? SweepId { get; init; }

    /// <summary>Takes what a person should know, line by line; default: nobody.</summary>
    public TextWriter Notes { get; init; } = TextWriter.Null;
}
