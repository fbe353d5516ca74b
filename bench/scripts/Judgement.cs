using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Bench.Scripts;

/// <summary>How right one point of a case is.</summary>
internal enum Grade
{
    Right,
    Partly,
    Wrong,
}

/// <summary>One point of a case: its grade, and what was seen.</summary>
internal sealed record Point(Grade Grade, string Seen);

/// <summary>What a sweep said of a script, against what is right.</summary>
internal sealed partial class Judgement(Case one, Sweep sweep)
{
    private const double Near = 0.05;
    private const string EpochSamplesPerSecond = "epoch/samples_per_second";

    public Point Rate
    {
        get
        {
            var ended = sweep.Trials.Where(trial => trial.Status == TrialStatus.Completed).ToList();
            if (ended.Count == 0 || !ended.Exists(trial => Figure(trial) is not null))
            {
                var unknown = one.Rate.Contains("none") || (one.Rate.Contains("unknown") && Errors.Any());
                return new Point(unknown ? Grade.Right : Errors.Any() && one.Rate.Contains("own") ? Grade.Partly : Grade.Wrong, Errors.Any() ? "unknown" : "none");
            }

            if (!one.Rate.Contains("own"))
                return new Point(one.ExitCode is null ? Grade.Wrong : Grade.Right, Text(Figure(ended[0])!.Value));
            var pairs = ended.Where(trial => Figure(trial) is not null).Select(trial => (Ours: Figure(trial)!.Value, Own: Own(trial))).ToList();
            if (pairs.Exists(pair => pair.Own is null))
                return new Point(Grade.Wrong, $"{Text(pairs[0].Ours)} where its own clock never ran");
            var (ours, own) = pairs.MaxBy(pair => Math.Abs(pair.Ours / pair.Own!.Value - 1));
            var off = ours / own!.Value - 1;
            var grade = Math.Abs(off) <= Near ? Grade.Right : Warnings.Any(warning => Guess().IsMatch(warning.Message)) ? Grade.Partly : Grade.Wrong;
            return new Point(grade, string.Create(CultureInfo.InvariantCulture, $"{ours:0} for {own:0} ({off:+0%;-0%})"));
        }
    }

    public Point Cause
    {
        get
        {
            var seen = string.Join(" ", Errors.Select(error => error.Code).Distinct());
            if (one.Trials is { } most && sweep.Trials.Count(trial => trial.Status != TrialStatus.Skipped) is var ran && ran > most)
                return new Point(Grade.Partly, $"{seen} in {ran} trials");
            if (one.ExitCode is { } code && !sweep.Trials.All(trial => trial.ExitCode == code))
                return new Point(Grade.Wrong, "its exit code is lost");
            if (one.Prints is { } text && !Directory.GetFiles(sweep.Folder, "stdout.log", SearchOption.AllDirectories).All(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal)))
                return new Point(Grade.Wrong, $"never printed: {text}");
            if (one.Warns is { } warns && !Warnings.Any(warning => Regex.IsMatch($"{warning.Code} {warning.Message}", warns)) && !Errors.Any(error => Regex.IsMatch(error.Message, warns)))
                return new Point(Grade.Wrong, $"no warning: {warns}");
            if (one.Cause is not { } cause)
                return new Point(Errors.Any() && one.ExitCode is null && !one.Rate.Contains("unknown") ? Grade.Wrong : Grade.Right, seen);
            var isNamed = Errors.Any(error => Regex.IsMatch($"{error.Code} {error.Message}", cause)) || sweep.Report is null && Regex.IsMatch(sweep.Output, cause);
            return new Point(isNamed || (!Errors.Any() && MayBeNone(cause)) ? Grade.Right : Grade.Wrong, seen);
        }
    }

    public Point Remedy
    {
        get
        {
            var remedies = sweep.Diagnostics.Select(diagnostic => RemedyText().Match(diagnostic.Message)).Where(match => match.Success)
                .Select(match => match.Groups[1].Value.Trim()).ToList();
            var seen = remedies.FirstOrDefault() ?? "";
            if (one.Never is { } never && remedies.Exists(remedy => Regex.IsMatch(remedy, never)))
                return new Point(Grade.Wrong, remedies.First(remedy => Regex.IsMatch(remedy, never)));
            var isThere = one.Remedy is not { } wanted || (remedies.Count == 0 && MayBeNone(wanted))
                || remedies.Exists(remedy => Regex.IsMatch(remedy, wanted)) || (sweep.Report is null && Regex.IsMatch(sweep.Output, wanted));
            return new Point(isThere ? Grade.Right : Grade.Partly, seen);
        }
    }

    public Point Advice
    {
        get
        {
            var advice = sweep.Report?.Assessment.Advice is [var first, ..] ? first : null;
            var seen = advice?.Configuration is { } configuration ? string.Join(' ', configuration.Values.Select(value => $"{value.Key}={value.Value.Text}")) : "";
            if (one.Claims is { } most && advice is not null && advice.Reasons.SelectMany(reason => Percentage().Matches(reason)).Select(Number).Any(value => value > most))
                return new Point(Grade.Wrong, string.Join(' ', advice.Reasons));
            if (one.Advice is null)
                return new Point(Grade.Right, seen);
            if (one.Advice != "own")
                return new Point(seen.Contains(one.Advice, StringComparison.Ordinal) || one.Advice == "any" ? Grade.Right : Grade.Wrong, seen);
            var own = sweep.Trials.Select(trial => (Trial: trial, Rate: Own(trial))).Where(pair => pair.Rate is not null).ToList();
            var chosen = own.Find(pair => pair.Trial.Configuration.Id == advice?.Configuration?.Id).Rate;
            return new Point(chosen >= own.Max(pair => pair.Rate) * (1 - Near) ? Grade.Right : Grade.Wrong, seen);
        }
    }

    private IEnumerable<Diagnostic> Errors => sweep.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private IEnumerable<Diagnostic> Warnings => sweep.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);

    private double? Own(TrialResult trial) => OwnClock.Of(trial, sweep.Folder)?.Rate(trial.Metric(EpochSamplesPerSecond) is not null, (int)(trial.Metric(MetricKeys.MeasuredSteps) ?? one.Steps));

    private static double? Figure(TrialResult trial) => trial.Metric(EpochSamplesPerSecond) ?? trial.Metric(MetricKeys.SamplesPerSecond);

    private static bool MayBeNone(string pattern) => pattern.Split('|').Contains("-");

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("guess|not known|unknown|nothing trained", RegexOptions.IgnoreCase)]
    private static partial Regex Guess();

    [GeneratedRegex("; try: (.*?)(; exit code|; by hand|$)")]
    private static partial Regex RemedyText();

    [GeneratedRegex(@"(\d+) %")]
    private static partial Regex Percentage();
}
