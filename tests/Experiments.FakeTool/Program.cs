using System.Globalization;

// EXPERIMENTS_FAKE_LOG      file that each call appends its arguments to, one line a call
// EXPERIMENTS_FAKE_OUTPUT   file whose lines are printed
// EXPERIMENTS_FAKE_EXIT     the exit code, or one by definition: "a=1;b=0"
// EXPERIMENTS_FAKE_WAIT     "stdin": prints "running", waits until standard input closes, ends with 130; "deaf": goes on for a minute
// plan X.yaml --inputs      prints the definition and the scripts beside it that it names; logs to a file of its own
if (args is ["plan", var asked, "--inputs"])
{
    if (Variable("LOG") is { } questions)
        File.AppendAllText(questions + ".inputs", asked + "\n");
    Console.WriteLine(Path.GetFullPath(asked));
    foreach (var script in Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(asked))!, "*.py").Where(script => File.ReadAllText(asked).Contains(Path.GetFileName(script), StringComparison.Ordinal)))
        Console.WriteLine(script);
    return 0;
}

if (Variable("LOG") is { } log)
    File.AppendAllText(log, string.Join(' ', args) + "\n");
if (Variable("OUTPUT") is { } output)
    foreach (var line in File.ReadLines(output))
        Console.WriteLine(line);

if (Variable("WAIT") is { } wait)
{
    Console.WriteLine($"running as {Environment.ProcessId}");
    Console.CancelKeyPress += (_, interrupt) => interrupt.Cancel = true;
    if (wait == "deaf")
        await Task.Delay(TimeSpan.FromMinutes(1));
    await Console.In.ReadToEndAsync();
    Console.WriteLine("cancelled in good order");
    return 130;
}

return ExitCode(Variable("EXIT") ?? "0");

int ExitCode(string text) => !text.Contains('=', StringComparison.Ordinal)
    ? int.Parse(text, CultureInfo.InvariantCulture)
    : text.Split(';').Select(part => part.Split('=')).Where(part => args.Any(argument => Path.GetFileNameWithoutExtension(argument) == part[0]))
        .Select(part => int.Parse(part[1], CultureInfo.InvariantCulture)).FirstOrDefault();

static string? Variable(string name) => Environment.GetEnvironmentVariable("EXPERIMENTS_FAKE_" + name) is { Length: > 0 } value ? value : null;
