using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Tables;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commenting;

/// <summary>Tells sweeps where their people are: in a comment or an issue, in the job's summary, or on standard output.</summary>
/// <param name="places">Where comments and issues go.</param>
/// <param name="ci">The CI system.</param>
/// <param name="output">Standard output.</param>
internal sealed class CommentSession(CommentPlaces places, CiService ci, TextWriter output)
{
    private readonly List<string> _texts = [];

    /// <summary>Whether an issue takes the text, and not a pull request.</summary>
    public bool IsIssue { get; init; }

    /// <summary>The pull request; null: the CI job's own.</summary>
    public int? PullRequest { get; init; }

    /// <summary>Whether a file takes the texts, so that standard output need not.</summary>
    public bool IsInFile { get; init; }

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Tells a sweep.</summary>
    /// <param name="report">The sweep.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome> TellAsync(SweepReport report, CancellationToken cancellationToken)
    {
        var experiment = report.Sweep.Experiment;
        var text = new DraftText(
            CommentMarkdown.Marker(experiment), VisibleText.Of($"{experiment}: {VerdictMark.Of(report.Assessment.Verdict)} {VerdictWords.Of(report.Assessment)}"), CommentMarkdown.Render(report, places.Job()));
        _texts.Add(text.Body);
        var (place, reason) = IsIssue ? places.Issues() : places.PullRequest(PullRequest);
        if (place is null)
        {
            output.WriteLine(VisibleText.Of($"{experiment}: not posted, for {reason}"));
            Summarize(report, text);
            return Outcome.Done;
        }

        try
        {
            var isRed = ExitCodes.Of(report.Assessment.Verdict) == ExitCodes.GateFailed;
            var done = await StickyText.PutAsync(place, text, onlyWhereThere: IsIssue && !isRed, cancellationToken).ConfigureAwait(false);
            output.WriteLine(VisibleText.Of($"{experiment}: {place.Name}: {done}"));
            return Outcome.Done;
        }
        catch (CommentFault fault)
        {
            var message = $"{experiment}: {place.Name}: {fault.Message.TrimEnd('.')}";
            output.WriteLine(fault.IsReadOnly ? CiDiagnostics.NotAllowedToComment.Warning(message) : CiDiagnostics.NotPosted.Error(message));
            Summarize(report, text);
            return fault.IsReadOnly ? Outcome.Done : new Outcome(ExitCodes.TrialFailed, $"not posted ({CiDiagnostics.NotPosted.Code})");
        }
    }

    private void Summarize(SweepReport report, DraftText text)
    {
        if (!ci.TrySummarize(report, text.Body, output) && !IsInFile)
            output.Write(text.Body);
    }
}
