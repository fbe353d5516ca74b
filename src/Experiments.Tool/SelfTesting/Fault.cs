using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Tool.SelfTesting;

/// <summary>What the self-test does to one configuration, and what the gates must say of it.</summary>
/// <param name="Name">The value of the axis <c>fault</c>.</param>
/// <param name="Verdict">The verdict that is right.</param>
/// <param name="Rule">The diagnostic that is right; null: none.</param>
internal sealed record Fault(string Name, VerdictKind Verdict, DiagnosticRule? Rule)
{
    public const string Slowdown = "slowdown";
    public const string Leak = "leak";
    public const string Spike = "memory-spike";
    public const string Crash = "crash";

    /// <summary>Every injected fault once, and as many configurations that nothing is done to.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none-1", VerdictKind.Pass, null),
        new(Slowdown, VerdictKind.Regressed, GateDiagnostics.ThroughputRegression),
        new("none-2", VerdictKind.Pass, null),
        new(Leak, VerdictKind.BlownUp, GateDiagnostics.MemoryGrowth),
        new("none-3", VerdictKind.Pass, null),
        new(Spike, VerdictKind.BlownUp, GateDiagnostics.PeakMemory),
        new("none-4", VerdictKind.Pass, null),
        new(Crash, VerdictKind.Failed, TrialDiagnostics.ExitCode),
    ];
}
