namespace Experiments.Datasets.Meld;

/// <summary>A row as it stands in one of the files.</summary>
internal sealed record AnnotationRow
{
    /// <summary><c>file:line</c>.</summary>
    public required string Place { get; init; }

    public required string Utterance { get; init; }

    public required string Dialogue { get; init; }

    public required string Number { get; init; }

    public required string Season { get; init; }

    public required string Episode { get; init; }

    public required string Start { get; init; }

    public required string End { get; init; }

    /// <summary>The dialogue act; null where the file has no such column.</summary>
    public string? Label { get; init; }

    public (string, string) Key => (Dialogue, Number);

    public (string, string, TimeSpan?, TimeSpan?) Moment => (Season, Episode, AnnotationTime.Parse(Start), AnnotationTime.Parse(End));

    public TimeSpan? Duration => AnnotationTime.Parse(End) - AnnotationTime.Parse(Start);
}
