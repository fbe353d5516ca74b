// Bench: one console project a benchmark under bench/; each prints a table and writes artifacts/bench/NAME.json.
Task("Bench")
    .Description("Runs a benchmark: --bench=NAME (a folder of bench/), --rounds=N; gates takes --seed=N, gates-real --minutes=N; scripts --only=TEXT, --identity and --keep. Prints a table and writes artifacts/bench/NAME.json.")
    .Does(() =>
{
    var names = GetFiles("./bench/*/*.csproj").Where(file => file.GetDirectory().GetDirectoryName() != "shared").ToDictionary(file => file.GetDirectory().GetDirectoryName(), file => file);
    var name = Argument("bench", "");
    if (!names.TryGetValue(name, out var project))
        throw new CakeException(2, $"--bench={name} is no benchmark; there are: {string.Join(", ", names.Keys.Order())}");
    var arguments = new ProcessArgumentBuilder().Append("run -c Release --project").AppendQuoted(project.FullPath);
    arguments.Append("--");
    foreach (var option in new[] { "rounds", "seed", "minutes" }.Where(option => HasArgument(option)))
        arguments.Append("--" + option).Append(Argument<int>(option).ToString());
    if (HasArgument("only"))
        arguments.Append("--only").AppendQuoted(Argument<string>("only"));
    foreach (var flag in new[] { "identity", "keep" }.Where(flag => HasArgument(flag)))
        arguments.Append("--" + flag);
    Run("dotnet", arguments);
});
