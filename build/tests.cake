// Test: every project under tests/, counted from the reports that the test programs write.
using System.Xml.Linq;

string testTotals = null;

// What mostly waits for the programs that it starts, and how many tests run at once, by cores.
var waiting = new Dictionary<string, string>
{
    ["Experiments.EndToEnd.Tests"] = "2.0x", ["Experiments.Packages.Tests"] = "2.0x", ["Cake.Experiments.Tests"] = "2.0x", ["Experiments.PyTorch.Tests"] = "1.5x",
};

// What mostly waits for a cluster: it runs beside the others, which use the cores meanwhile.
var besides = new[] { "Experiments.Slurm.Tests" };

// What runs once more with the torch of today, and which of its tests.
var inBothWorlds = new Dictionary<string, string>
{
    ["Experiments.PyTorch.Tests"] = "",
    ["Experiments.EndToEnd.Tests"] = "--filter-trait Needs=pytorch --filter-not-trait Worlds=one", // some would do the same with any torch
};

Task("Test")
    .Description("Runs all tests; parts that are not installed are skipped with a printed reason. --project=NAME runs one project, --filter=TEXT matching methods.")
    .IsDependentOn("Build")
    .Does(() =>
{
    var results = MakeAbsolute(Directory("./artifacts/test-results"));
    CleanDirectory(results);
    var only = Argument("project", "");
    var filter = Argument("filter", "");
    var totals = new TestTotals();
    var trixie = TrixiePython();
    var projects = GetFiles("./tests/*/*.Tests.csproj").OrderBy(file => file.FullPath)
        .Where(project => only.Length == 0 || NameOf(project).Contains(only, StringComparison.OrdinalIgnoreCase)).ToLookup(project => besides.Contains(NameOf(project)));
    var running = projects[true].Select(project => (project, ExitCode: System.Threading.Tasks.Task.Run(() => StartTests(project, ReportOf(project), filter)))).ToList();
    foreach (var project in projects[false])
    {
        var name = NameOf(project);
        RunTests(totals, project, ReportOf(project), filter);
        if (!inBothWorlds.TryGetValue(name, out var part))
            continue;
        if (trixie is null)
            totals.MissSecondWorld(name);
        else
            RunTests(totals, project, results.CombineWithFilePath(name + ".trixie.trx"), filter, part, trixie);
    }

    foreach (var (project, exitCode) in running)
        Information("{0}", totals.Add(NameOf(project), ReportOf(project).FullPath, exitCode.GetAwaiter().GetResult()));

    string NameOf(FilePath project) => project.GetFilenameWithoutExtension().ToString();
    FilePath ReportOf(FilePath project) => results.CombineWithFilePath(NameOf(project) + ".trx");

    foreach (var (reason, tests) in totals.Skips.OrderByDescending(skip => skip.Value))
        Information("skipped {0}: {1}", tests, reason);
    testTotals = totals.ToString();
    if (totals.Failed > 0 || totals.Passed == 0)
        throw new CakeException(1, testTotals);
});

/// Runs one test program, with the machine's own Python or with another, and counts its report.
void RunTests(TestTotals totals, FilePath project, FilePath report, string filter, string part = "", string python = null)
{
    var name = project.GetFilenameWithoutExtension().ToString();
    var exitCode = StartTests(project, report, filter, part, python);
    Information("{0}", totals.Add(python is null ? name : name + " in trixie", report.FullPath, exitCode));
}

/// Runs one test program to its end.
int StartTests(FilePath project, FilePath report, string filter, string part = "", string python = null)
{
    var name = project.GetFilenameWithoutExtension().ToString();
    var arguments = new ProcessArgumentBuilder()
        .Append("exec").AppendQuoted(MakeAbsolute(ProgramOf(name)).FullPath)
        .Append("--progress off --timeout 30m --report-trx --report-trx-filename").AppendQuoted(report.GetFilename().ToString())
        .Append("--results-directory").AppendQuoted(report.GetDirectory().FullPath)
        .Append("--ignore-exit-code 8") // no test at all: counted below, where a filter may want it
        .Append(part);
    if (waiting.TryGetValue(name, out var threads))
        arguments.Append($"--max-threads {threads}");
    if (filter.Length > 0)
        arguments.Append("--filter-method").AppendQuoted($"*{filter}*");
    var settings = new ProcessSettings { Arguments = arguments, WorkingDirectory = project.GetDirectory() };
    if (python is not null)
        settings.EnvironmentVariables = new Dictionary<string, string> { ["EXPERIMENTS_TESTS_PYTHON"] = python };
    return StartProcess("dotnet", settings);
}

/// The interpreter of the tests' second world, null where `build/trixie.sh` has not made it.
string TrixiePython()
{
    if (!IsRunningOnLinux())
        return null;
    var exitCode = StartProcess("bash", new ProcessSettings { Arguments = "build/trixie.sh --where", RedirectStandardOutput = true }, out var lines);
    return exitCode == 0 ? lines.Single() : null;
}

/// Sums the counts of the reports. A test program that crashed, or wrote no report, is a failure.
class TestTotals
{
    public int Passed { get; private set; }
    public int Failed { get; private set; }
    public int Skipped { get; private set; }
    public Dictionary<string, int> Skips { get; } = new();

    public string Add(string name, string report, int exitCode)
    {
        if (!System.IO.File.Exists(report))
        {
            Failed++;
            return $"{name}: no report, exit code {exitCode}";
        }

        XNamespace ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var outcomes = XDocument.Load(report).Descendants(ns + "UnitTestResult").ToList();
        var failed = outcomes.Count(test => (string)test.Attribute("outcome") is "Failed" or "Error" or "Timeout" or "Aborted");
        var skips = outcomes.Where(test => (string)test.Attribute("outcome") == "NotExecuted").ToList();
        var passed = outcomes.Count(test => (string)test.Attribute("outcome") == "Passed");
        foreach (var skip in skips)
        {
            var reason = skip.Descendants(ns + "Message").FirstOrDefault()?.Value.Trim()
                ?? skip.Descendants(ns + "StdOut").FirstOrDefault()?.Value.Trim() ?? "no reason given";
            Skips[reason] = Skips.GetValueOrDefault(reason) + 1;
        }

        if (exitCode is not (0 or 8) && failed == 0)
            failed++; // it crashed after or beside its tests
        Passed += passed;
        Failed += failed;
        Skipped += skips.Count;
        return $"{name}: {passed} passed, {failed} failed, {skips.Count} skipped";
    }

    /// Skipped with a reason; where every part is required, a failure.
    public void MissSecondWorld(string name)
    {
        const string reason = "no second world for the PyTorch tests: build/trixie.sh makes it on Debian or Ubuntu, as root";
        if ((Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE") ?? "").Split(',').Any(part => part.Trim() is "all" or "trixie"))
            Failed++;
        else
            Skipped++;
        Skips[reason] = Skips.GetValueOrDefault(reason) + 1;
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
