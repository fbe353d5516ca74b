using System.Reflection;

namespace Experiments.Cluster;

/// <summary>The command that runs trials on nodes: this program, where it is the tool; else the tool on the nodes' <c>PATH</c>.</summary>
internal static class RunnerCommand
{
    /// <summary>The tool's own command for it.</summary>
    public const string Name = "trial";

    /// <summary>A program and its first arguments.</summary>
    public static IReadOnlyList<string> Words()
    {
        var entry = Assembly.GetEntryAssembly();
        if (entry?.GetName().Name != "Experiments.Tool" || Environment.ProcessPath is not { } program)
            return ["experiments", Name];
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, "exec", entry.Location, Name] : [program, Name];
    }
}
