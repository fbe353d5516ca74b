using System.Globalization;

namespace Experiments.Datasets.Meld;

/// <summary>Times as subtitles have them: <c>00:16:16,059</c>, with one or two digits for the hour and any number for the fraction.</summary>
internal static class AnnotationTime
{
    private static readonly string[] Formats = [@"h\:mm\:ss\,FFFFFFF", @"hh\:mm\:ss\,FFFFFFF"];

    public static TimeSpan? Parse(string text) =>
        TimeSpan.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, out var time) ? time : null;
}
