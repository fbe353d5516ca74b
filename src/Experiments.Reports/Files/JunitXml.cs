using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Reports.Files;

/// <summary>
/// <c>junit.xml</c>: a test case a configuration. A gate that failed is a failure, a trial that failed or measured nothing an error,
/// what the measurements do not tell a failure too, and a comparison without a baseline is skipped: a build that reads only this file is never greener than the exit code.
/// </summary>
public static class JunitXml
{
    /// <summary>The document.</summary>
    /// <param name="report">The report.</param>
    public static string Render(SweepReport report) => Document([Suite(report)]);

    /// <summary>One document of several experiments, a suite each.</summary>
    /// <param name="reports">Those that have a report.</param>
    /// <param name="others">The names of the others, and what became of them: errors all.</param>
    public static string Render(IEnumerable<SweepReport> reports, IEnumerable<(string Experiment, string Outcome)> others) => Document(
    [
        .. reports.Select(Suite),
        .. others.Select(other => Suite(other.Experiment, [Case("the whole sweep", other.Experiment, 0, new XElement("error", new XAttribute("message", Clean(other.Outcome))))])),
    ]);

    private static string Document(IReadOnlyList<XElement> suites)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(new Utf8Writer(text), new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = Encoding.UTF8 }))
            new XDocument(new XElement("testsuites", suites)).Save(writer);
        return text.Append('\n').ToString();
    }

    private static XElement Suite(SweepReport report)
    {
        var durations = report.Sweep.Trials.ToLookup(trial => trial.Configuration.Id, trial => trial.DurationSeconds, StringComparer.Ordinal);
        var cases = report.Assessment.Configurations.Select(one => Case(one, report.Sweep.Experiment, durations[one.Configuration.Id].Sum())).ToList();
        if (report.Assessment.Verdict != VerdictKind.Pass && report.Assessment.Configurations.All(one => one.Verdict != report.Assessment.Verdict))
            cases.Add(Case("the whole sweep", report.Sweep.Experiment, 0, Outcome(report.Assessment.Verdict, report.Assessment.Diagnostics)));
        if (VerdictWords.NotCompared(report.Assessment) is { } reason)
            cases.Add(Case("comparison with a baseline", report.Sweep.Experiment, 0, new XElement("skipped", new XAttribute("message", Clean(reason.ToString())))));
        return Suite(
            report.Sweep.Experiment,
            cases,
            new XAttribute("time", Seconds((report.Sweep.EndedAt - report.Sweep.StartedAt).TotalSeconds)),
            new XAttribute("timestamp", report.Sweep.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    private static XElement Suite(string experiment, List<XElement> cases, params XAttribute[] time) => new(
        "testsuite",
        new XAttribute("name", Clean(experiment)),
        new XAttribute("tests", cases.Count),
        new XAttribute("failures", cases.Count(one => one.Element("failure") is not null)),
        new XAttribute("errors", cases.Count(one => one.Element("error") is not null)),
        new XAttribute("skipped", cases.Count(one => one.Element("skipped") is not null)),
        time,
        cases);

    private static XElement Case(ConfigurationVerdict verdict, string experiment, double seconds) =>
        Case(verdict.Configuration.Name, experiment, seconds, Outcome(verdict.Verdict, verdict.Diagnostics));

    private static XElement Case(string name, string experiment, double seconds, XElement? outcome) => new(
        "testcase",
        new XAttribute("classname", Clean(experiment)),
        new XAttribute("name", Clean(name)),
        new XAttribute("time", Seconds(seconds)),
        outcome);

    private static XElement? Outcome(VerdictKind verdict, IReadOnlyList<Diagnostic> diagnostics)
    {
        if (verdict == VerdictKind.Pass)
            return null;
        var lines = diagnostics.Select(one => one.ToString()).DefaultIfEmpty(VerdictWords.Of(verdict)).ToArray();
        return new XElement(
            verdict is VerdictKind.Failed or VerdictKind.NotMeasured or VerdictKind.ArgumentsRefused ? "error" : "failure",
            new XAttribute("type", VerdictWords.Of(verdict)),
            new XAttribute("message", Clean(lines[0])),
            Clean(string.Join('\n', lines)));
    }

    private static string Seconds(double seconds) => Math.Max(0, seconds).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Invisible characters are written out, those that XML 1.0 cannot hold among them; of the others two are no characters at all.</summary>
    private static string Clean(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(VisibleText.Of)).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    /// <summary>Without it the declaration would say UTF-16.</summary>
    private sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
