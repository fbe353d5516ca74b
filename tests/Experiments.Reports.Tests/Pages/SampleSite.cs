using System.Diagnostics;
using System.Globalization;
using Experiments.Analysis;
using Experiments.Analysis.Tests;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Pages;
using Experiments.Reports.Files;

namespace Experiments.Reports.Tests.Pages;

/// <summary>
/// A folder of nights as sweeps leave them, in a git repository, with the pages made of them: 24 configurations, one commit for four nights. Two thirds on, a commit costs the configurations of
/// one dataset with four workers 17 %; its author had bad intentions, as had whoever named the other dataset.
/// </summary>
internal sealed class SampleSite : IDisposable
{
    /// <summary>What must never run.</summary>
    public const string Hostile = "</script><img src=x onerror=\"window.hacked=1\">";

    private static readonly int[] Workers = [0, 1, 2, 4, 8, 16];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments-pages-");
    private readonly List<string> _commits = [];

    /// <summary>Makes the nights and the pages.</summary>
    public static async Task<SampleSite> MakeAsync(int nights, CancellationToken cancellationToken = default)
    {
        var site = new SampleSite(nights);
        await site.WriteAsync(cancellationToken);
        return site;
    }

    private SampleSite(int nights) => (Nights, ChangeNight) = (nights, nights * 2 / 3 / 4 * 4);

    public int Nights { get; }

    /// <summary>The first slow night, counted from 0.</summary>
    public int ChangeNight { get; }

    public string Folder => Path.Combine(_folder.FullName, "site");

    public Uri Index => new(Path.Combine(Folder, "index.html"));

    public Uri Page => new(Path.Combine(Folder, "meld-da", "index.html"));

    public string CommitOf(int night) => _commits[night / 4];

    public string Results(int night) => Path.Combine(_folder.FullName, ".experiments", "meld-da", SweepId(night), "results.json");

    public static string SweepId(int night) => At(night).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-abcd";

    public void Dispose() => _folder.Delete(recursive: true);

    private static DateTimeOffset At(int night) => new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero).AddDays(night);

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Git("init", "--quiet");
        for (var commit = 0; commit <= (Nights - 1) / 4; commit++)
        {
            var subject = commit == ChangeNight / 4 ? $"Checksum every batch {Hostile}" : $"Change number {commit}";
            Git("-c", "user.name=Sample", "-c", "user.email=sample@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "-m", subject);
            _commits.Add(Git("rev-parse", "HEAD"));
        }

        var definition = SampleSweep.Definition(new Gates
        {
            PeakMemory = new PeakMemoryBounds { MaxBytes = 20L << 30 },
            Trend = new TrendBounds { Suppressions = [new Suppression { Change = CommitOf(ChangeNight)[..8], Reason = $"checksums are wanted {Hostile}", Until = new DateOnly(2999, 12, 31) }] },
        }) with
        {
            File = Path.Combine(_folder.FullName, "experiments", "meld-da.yaml"),
            Mlflow = new MlflowTarget { TrackingUri = $"sqlite:///{_folder.FullName}/mlflow.db" },
        };
        Directory.CreateDirectory(Path.GetDirectoryName(definition.File)!);
        for (var night = 0; night < Nights; night++)
        {
            var sweep = Sweep(night);
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(Results(night))!).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "plan.json"), "{}", cancellationToken);
            await File.WriteAllTextAsync(Results(night), ResultsJson.Render(new SweepReport { Sweep = sweep, Assessment = Judge.Assess(sweep, definition, baseline: null) }), cancellationToken);
        }

        var site = new HistorySite(Folder, new SweepOptions { Root = Path.Combine(_folder.FullName, ".experiments") });
        await site.AddAsync(definition, cancellationToken: cancellationToken);
        await site.AddAsync(definition with { Name = "not-run-yet" }, cancellationToken: cancellationToken);
        await site.WriteIndexAsync(cancellationToken);
    }

    private SweepResult Sweep(int night)
    {
        var random = new Random(night);
        var speed = Math.Exp(0.01 * SampleSweep.Normal(random));
        var trials = from repeat in Enumerable.Range(1, 3)
                     from dataset in new[] { "MELD-DA", Hostile }
                     from workers in Workers
                     from pin in new[] { false, true }
                     let slow = night >= ChangeNight && dataset == "MELD-DA" && workers == 4 ? 0.83 : 1
                     let rate = 180.0 * (1 + 2 * Math.Min(workers, 4) / 4.0) * (dataset == "MELD-DA" ? 1 : 0.6) * (pin ? 1.02 : 1) * speed * slow * Math.Exp(0.006 * SampleSweep.Normal(random))
                     let peak = 900 + 420.0 * workers + 8 * SampleSweep.Normal(random) + (night == ChangeNight / 2 && workers == 16 ? 20_000 : 0)
                     select SampleSweep.Trial(Named(dataset, workers, pin), repeat, rate, peak, wait: workers < 4 ? 0.4 : 0.02) with { StartedAt = At(night).AddMinutes(repeat) };
        return SampleSweep.Sweep(trials) with { SweepId = SweepId(night), StartedAt = At(night), EndedAt = At(night).AddHours(1), Commit = CommitOf(night), Dirty = false };
    }

    private static Configuration Named(string dataset, int workers, bool pin) => SampleSweep.Of(dataset, workers, pin) with { Id = $"{(dataset == "MELD-DA" ? "m" : "h")}-{workers}-{pin}" };

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true })!;
        var answer = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? answer : throw new InvalidOperationException($"git {arguments[0]} failed");
    }
}
