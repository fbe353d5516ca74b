using System.Diagnostics;
using System.Globalization;

// Logistic regression with a loader of worker threads. It tells each step to the file named by EXPERIMENTS_EVENTS.
var workers = Option("--num_workers", 0);
var batchSize = Option("--batch_size", 64);
var steps = Setting("EXPERIMENTS_STEPS", 60) + Setting("EXPERIMENTS_WARMUP_STEPS", 0);

using var events = new StreamWriter(Environment.GetEnvironmentVariable("EXPERIMENTS_EVENTS") ?? Path.GetTempFileName(), append: true) { AutoFlush = true };
var model = new LogisticRegression();
var loss = 0.0;
var begin = Stopwatch.GetTimestamp();
var step = 0;
foreach (var batch in Loader.Load(steps, batchSize, workers))
{
    var wait = Stopwatch.GetElapsedTime(begin).TotalSeconds;
    loss = model.Train(batch);
    var duration = Stopwatch.GetElapsedTime(begin).TotalSeconds;
    begin = Stopwatch.GetTimestamp();
    events.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"step","step":{{++step}},"samples":{{batch.Length}},"wait_s":{{wait}},"step_s":{{duration}}}"""));
    events.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"metric","name":"train/loss","value":{{loss}},"step":{{step}}}"""));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"val error: {loss:F3}"));

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var index ? int.Parse(args[index + 1], CultureInfo.InvariantCulture) : otherwise;

static int Setting(string name, int otherwise) =>
    int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
