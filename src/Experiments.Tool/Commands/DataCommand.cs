using System.CommandLine;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments data …</c>: makes feature stores.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Makes datasets: feature stores that training tasks read (docs/feature-store.md).")
    {
        SynthesizeCommand.Create(),
        BuildMeldCommand.Create(),
    };
}
