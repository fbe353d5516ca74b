// The build of this repository. `dotnet cake --tree` lists the targets, `dotnet cake --description` explains them.
#load "settings.cake"
#load "tests.cake"
#load "sweep.cake"
#load "bench.cake"
#load "docs.cake"

Task("Default")
    .Description("Builds everything and runs the tests.")
    .IsDependentOn("Test");

Task("Clean")
    .Description("Deletes all build output.")
    .Does(() => CleanDirectory("./artifacts", file => !file.Path.FullPath.Contains("/cake-cache/")));

Task("Build")
    .Description("Builds the whole solution, warnings as errors.")
    .Does(() => DotNetBuild("./Experiments.sln", new DotNetBuildSettings { Configuration = configuration, NoLogo = true, Verbosity = DotNetVerbosity.Quiet }));

Task("Format")
    .Description("Formats the code; with --check only says what is not formatted.")
    .Does(() => Run("dotnet", HasArgument("check")
        ? "format ./Experiments.sln --verify-no-changes"
        : "format ./Experiments.sln"));

Task("Pack")
    .Description("Makes the NuGet packages in artifacts/packages, of the version in Directory.Build.props, and prints their sizes.")
    .Does(() =>
{
    CleanDirectory("./artifacts/packages");
    DotNetPack("./Experiments.sln", new DotNetPackSettings { Configuration = configuration, NoLogo = true, OutputDirectory = "./artifacts/packages", Verbosity = DotNetVerbosity.Quiet });
    foreach (var package in GetFiles("./artifacts/packages/*.nupkg").OrderBy(file => file.FullPath))
        Information("{0}: {1:F1} MB", package.GetFilename(), FileSize(package) / 1e6);
});

// Cake ends with exit code 1 whatever a task says; the verdict's own code must reach the caller.
try
{
    RunTargets(Arguments<string>("target", "Default"));
}
catch (CakeReportException report) when (report.InnerException is CakeException verdict)
{
    throw verdict;
}
finally
{
    if (testTotals is not null)
        Console.WriteLine(testTotals); // the last line on standard output, after Cake's own report
}
