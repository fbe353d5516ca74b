// Sweep, Plan, Gate, Nightly, Baseline: the `experiments` command over the definitions of experiments/.
var only = Argument("experiment", "");

/// The definitions to run: experiments/*.yaml, or the one named by --experiment anywhere under experiments/.
IReadOnlyList<FilePath> Definitions()
{
    if (only.Length == 0)
        return GetFiles("./experiments/*.yaml").OrderBy(file => file.FullPath).ToList();
    var all = GetFiles("./experiments/**/*.yaml").ToDictionary(file => file.GetFilenameWithoutExtension().ToString(), file => file);
    return all.TryGetValue(only, out var file)
        ? [file]
        : throw new CakeException(2, $"--experiment={only} is not defined; there are: {string.Join(", ", all.Keys.Order())}");
}

/// Runs an `experiments` command over the definitions, passing on the options that it knows; "merge:from" is our --merge and its --from.
void OverDefinitions(string command, params string[] options)
{
    var tool = EnvironmentVariable("EXPERIMENTS_TOOL") ?? ProgramOf("Experiments.Tool").FullPath;
    var arguments = new ProcessArgumentBuilder().Append("exec").AppendQuoted(tool).Append(command);
    foreach (var file in Definitions())
        arguments.AppendQuoted(Context.Environment.WorkingDirectory.GetRelativePath(file).FullPath);
    foreach (var names in options.Select(option => option.Split(':')).Where(names => HasArgument(names[0])))
        foreach (var value in Arguments<string>(names[0]))
            arguments.Append("--" + names[^1]).AppendQuoted(value);
    Run("dotnet", arguments);
}

Task("BuildTool")
    .Description("Builds the experiments command and the training host.")
    .Does(() =>
{
    foreach (var project in new[] { "Experiments.Tool", "Experiments.Training" })
        DotNetBuild($"./src/{project}/{project}.csproj", new DotNetBuildSettings { Configuration = configuration, NoLogo = true, Verbosity = DotNetVerbosity.Quiet });
});

Task("Sweep")
    .Description("Runs every definition of experiments/ and ends with the verdict's exit code. --experiment=NAME, --filter=num_workers=4, --repeats=N.")
    .IsDependentOn("BuildTool")
    .Does(() => OverDefinitions("run", "filter", "repeats", "shard", "seed", "resume"));

Task("Plan")
    .Description("Prints the trials that Sweep would run. Takes Sweep's options.")
    .IsDependentOn("BuildTool")
    .Does(() => OverDefinitions("plan", "filter", "repeats", "shard", "seed"));

Task("Gate")
    .Description("Judges the latest sweep of each definition again, against today's limits and baselines.")
    .IsDependentOn("BuildTool")
    .Does(() => OverDefinitions("gate"));

Task("Nightly")
    .Description("Sweep, then the history and its pages in artifacts/nights, whatever the verdict; ends with the verdict's exit code. Takes Sweep's options; --shard=2/5 runs one part only, --merge=DIR brings the parts together that lie below DIR.")
    .IsDependentOn("BuildTool")
    .Does(() =>
{
    if (HasArgument("merge") && HasArgument("shard"))
        throw new CakeException(2, "--shard runs a part, --merge brings parts together: give one of them.");
    CakeException verdict = null;
    try
    {
        if (HasArgument("merge"))
            OverDefinitions("merge", "merge:from");
        else
            OverDefinitions("run", "filter", "repeats", "shard", "seed", "resume");
    }
    catch (CakeException red)
    {
        verdict = red;
    }

    try
    {
        if (!HasArgument("shard"))
        {
            OverDefinitions("history"); // a part has none
            OverDefinitions("history --html artifacts/nights");
        }
    }
    catch (CakeException) when (verdict is not null)
    {
        // what it says is printed; the verdict counts
    }

    if (verdict is not null)
        throw verdict;
});

Task("SelfTest")
    .Description("Proves on this machine that the gates see a slowdown, a leak, a memory spike and a crash, and nothing else. About a minute.")
    .IsDependentOn("BuildTool")
    .Does(() => Run("dotnet", new ProcessArgumentBuilder().Append("exec").AppendQuoted(ProgramOf("Experiments.Tool").FullPath).Append("selftest")));

Task("Baseline")
    .Description("Accepts the latest sweep of each definition as the baseline of this machine. --reason=TEXT where it is slower.")
    .IsDependentOn("BuildTool")
    .Does(() => OverDefinitions("baseline accept", "reason"));
