using Experiments.Core.Results;
using Experiments.Processes;

namespace Experiments.Engine.Telemetry;

/// <summary>Writes a tree's table of processes as a result has it. Pure.</summary>
internal static class ProcessShares
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The processes, with what each grew by.</summary>
    /// <param name="processes">The processes when they held most.</param>
    /// <param name="growth">Bytes a step of a process's memory over time, or null.</param>
    /// <param name="roles">What processes are in the trial, as far as it reported.</param>
    internal static IReadOnlyList<ProcessShare> Of(
        IReadOnlyList<ProcessUse> processes, Func<IReadOnlyList<(double Seconds, long Bytes)>, double?> growth, IReadOnlyDictionary<int, string> roles) =>
        [.. processes.Select(process => new ProcessShare
        {
            Id = process.Id,
            ParentId = process.ParentId,
            Name = process.Name,
            Role = roles.GetValueOrDefault(process.Id) ?? (processes.Any(other => other.Id == process.ParentId) ? null : "main"),
            AnonymousMegabytes = Math.Round(process.AnonymousBytes / Mebibyte, 3),
            ResidentMegabytes = Math.Round(process.ResidentBytes / Mebibyte, 3),
            GrowthMegabytesPerStep = process.Series.Count > 0 ? growth(process.Series) / Mebibyte : null,
        })];
}
