using System.Reflection;

namespace Experiments.Core.Diagnostics;

/// <summary>Every diagnostic that the program can give, by code.</summary>
public static class DiagnosticCatalog
{
    /// <summary>All rules, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
    [
        .. new[]
        {
            typeof(DefinitionDiagnostics), typeof(GateDiagnostics), typeof(TrialDiagnostics), typeof(CiDiagnostics), typeof(SlurmDiagnostics),
            typeof(PyTorchDiagnostics), typeof(TrainingDiagnostics), typeof(TrackingDiagnostics), typeof(EnvironmentDiagnostics),
        }
        .SelectMany(area => area.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Select(property => property.GetValue(null))
        .OfType<DiagnosticRule>()
        .OrderBy(rule => rule.Code, StringComparer.Ordinal),
    ];
}
