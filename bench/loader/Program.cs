using System.Globalization;
using System.Text.Json;
using Experiments.Bench.Loader;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 8)
{
    var run = new PeerRun
    {
        Peer = args[0],
        Scenario = args[1],
        Workers = int.Parse(args[2], CultureInfo.InvariantCulture),
        Samples = int.Parse(args[3], CultureInfo.InvariantCulture),
        Epochs = int.Parse(args[4], CultureInfo.InvariantCulture),
        BatchSize = int.Parse(args[5], CultureInfo.InvariantCulture),
        ComputeMs = int.Parse(args[6], CultureInfo.InvariantCulture),
        Data = args[7],
    };
    var result = run.Peer switch
    {
        "ours" => OursPeer.Run(run),
        "torchsharp" => TorchSharpPeer.Run(run),
        "copy" => CopyPeer.Run(run),
        _ => throw new ArgumentException($"no such peer: {run.Peer}"),
    };
    Console.WriteLine(JsonSerializer.Serialize(result));
    return 0;
}

return Benchmark.Run(args);
