// Experiments of this repository that are written in C#, by the addin as a user has it. A user's first line is
//   #addin nuget:?package=Cake.Experiments&version=…
// and finds the command in the tool manifest; here both are what `dotnet cake --target=Build` built:
//   dotnet cake experiments/sweep.cake --target=Plan
#r "../artifacts/bin/Cake.Experiments/release/Cake.Experiments.dll"

System.Environment.SetEnvironmentVariable("EXPERIMENTS_TOOL",
    EnvironmentVariable("EXPERIMENTS_TOOL") ?? MakeAbsolute(File("../artifacts/bin/Experiments.Tool/release/Experiments.Tool.dll")).FullPath);

// How far ahead shall workers load? Memory grows with num_workers × prefetch_factor, throughput does not.
Experiment("prefetch", e => e
    .TorchSharp("utterance-fusion").Evaluate(false)
    .SyntheticDataset("MELD-DA", "meld-da", samples: 256)
    .Dataset("MELD-DA").NumWorkers(1, 2, 4).PrefetchFactor(1, 2, 4, 8)
    .Exclude(c => c.NumWorkers(4).PrefetchFactor(8))
    .BatchSize(32).WarmupSteps(3).Steps(30).Device("cpu")
    .Repeats(2).Limit(memory: "8GiB", timeout: TimeSpan.FromMinutes(5))
    .Gate(g => g.PeakMemory(max: "4GiB").MemoryGrowth(max: "4MiB/step")));

// The same loader on a dataset of short and one of long utterances: one setting seldom fits both.
Experiment("two-lengths", e => e
    .TorchSharp("utterance-fusion").Evaluate(false)
    .SyntheticDataset("MELD-DA", "meld-da", samples: 256)
    .SyntheticDataset("MIntRec", "mintrec", samples: 256)
    .Dataset("MELD-DA", "MIntRec").NumWorkers(0, 2).PinMemory(false, true)
    .BatchSize(32).WarmupSteps(3).Steps(30).Device("cpu")
    .Limit(memory: "8GiB", timeout: TimeSpan.FromMinutes(5))
    .Gate(g => g.PeakMemory(max: "4GiB").Throughput(maxRegression: 0.10)));

RunTarget(Argument("target", "Sweep"));
