#addin nuget:?package=Cake.Experiments&version=0.1.0

Task("Check")
    .Description("Checks that the training script compiles.")
    .Does(() => { if (StartProcess("python3", "-m py_compile train.py") != 0) throw new CakeException("train.py does not compile."); });

// An experiment in C#. dotnet cake --target=loading runs it alone.
Experiment("loading", e => e
    .Command("python3", "train.py", "--num_workers", "{num_workers}")
    .NumWorkers(0, 2)
    .WarmupSteps(3)
    .Limit(memory: "2GiB", timeout: TimeSpan.FromMinutes(2))
    .Gate(g => g.PeakMemory(max: Argument("max_memory", "1GiB")).Throughput(maxRegression: 0.30)))
    .IsDependentOn("Check");

// Experiments in files, which other front ends and CI systems read too.
Experiments("experiments/*.yaml", task => task.IsDependentOn("Check"));

RunTarget(Argument("target", "Sweep"));
