using Cake.Core.IO;

namespace Cake.Experiments.Tasks;

/// <summary>An experiment that is a task.</summary>
/// <param name="Name">Its name, and its task's.</param>
/// <param name="Definition">Gives the definition file; writes it where the experiment is written in C#.</param>
internal sealed record RegisteredExperiment(string Name, Func<FilePath> Definition);
