using System.Collections;

namespace Experiments.Engine.Execution;

/// <summary>The environment of this program.</summary>
internal static class ProcessEnvironment
{
    /// <summary>All variables.</summary>
    internal static IReadOnlyDictionary<string, string> Read() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
