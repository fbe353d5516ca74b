using Experiments.Engine.Trainers;
using Experiments.PyTorch.Running;

namespace Experiments.Preparing;

/// <summary>What turns each kind of training task into a command.</summary>
internal static class TaskTrainers
{
    /// <summary>The trainers of all kinds that can run here.</summary>
    /// <param name="host">The program that runs TorchSharp tasks; null where none is needed.</param>
    /// <param name="python">The interpreter; null where none is needed.</param>
    internal static IReadOnlyList<ITrainer> Of(string? host, PythonRuntime? python) =>
        [new TorchSharpTrainer(host ?? ""), new CommandTrainer(), .. python is null ? [] : new[] { new PyTorchTrainer(python) }];
}
