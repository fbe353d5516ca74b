// Test: every project under tests/, counted from the reports that the test programs write.
using System.Xml.Linq;

string testTotals = null;

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
    foreach (var project in GetFiles("./tests/*/*.Tests.csproj").OrderBy(file => file.FullPath))
    {
        var name = project.GetFilenameWithoutExtension().ToString();
        if (only.Length > 0 && !name.Contains(only, StringComparison.OrdinalIgnoreCase))
            continue;
        var report = results.CombineWithFilePath(name + ".trx");
        var arguments = new ProcessArgumentBuilder()
            .Append("exec").AppendQuoted(MakeAbsolute(ProgramOf(name)).FullPath)
            .Append("--progress off --timeout 20m --report-trx --report-trx-filename").AppendQuoted(report.GetFilename().ToString())
            .Append("--results-directory").AppendQuoted(results.FullPath)
            .Append("--ignore-exit-code 8"); // no test at all: counted below, where a filter may want it
        if (filter.Length > 0)
            arguments.Append("--filter-method").AppendQuoted($"*{filter}*");
        var exitCode = StartProcess("dotnet", new ProcessSettings { Arguments = arguments, WorkingDirectory = project.GetDirectory() });
        var counted = totals.Add(name, report.FullPath, exitCode);
        Information("{0}", counted);
    }

    foreach (var (reason, tests) in totals.Skips.OrderByDescending(skip => skip.Value))
        Information("skipped {0}: {1}", tests, reason);
    testTotals = totals.ToString();
    if (totals.Failed > 0 || totals.Passed == 0)
        throw new CakeException(1, testTotals);
});

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

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
