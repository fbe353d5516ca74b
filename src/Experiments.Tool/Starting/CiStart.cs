using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Definitions;
using Experiments.Engine;

namespace Experiments.Tool.Starting;

/// <summary><c>experiments init --ci</c>: the workflows, and what they still lack.</summary>
internal static class CiStart
{
    /// <summary>Writes the workflows and says what comes next.</summary>
    /// <param name="folder">The project's folder, absolute.</param>
    /// <param name="system">One of <see cref="CiFiles.Systems"/>.</param>
    /// <param name="shards">How many machines share a night.</param>
    /// <param name="output">Where it is said.</param>
    /// <exception cref="DiagnosticException">EXP1036: there is no definition, or a file cannot be written.</exception>
    public static void Run(string folder, string system, int shards, TextWriter output)
    {
        var experiments = Path.Combine(folder, "experiments");
        string[] definitions = Directory.Exists(experiments) ? [.. Directory.GetFiles(experiments, "*.yaml").Order(StringComparer.Ordinal)] : [];
        if (definitions.Length == 0)
            throw new DiagnosticException(DefinitionDiagnostics.CannotBegin.Error($"there is no {Path.GetRelativePath(".", experiments)}/*.yaml, which the workflows run; experiments init writes a first one"));
        foreach (var (file, isWritten) in CiFiles.Write(folder, system, shards))
            output.WriteLine(VisibleText.Of(isWritten ? $"wrote {file}" : $"{file} is there already; it was not touched"));
        output.WriteLine("next:");
        if (!Manifest(folder).Contains("experiments.tool", StringComparison.OrdinalIgnoreCase))
            output.WriteLine("  dotnet new tool-manifest && dotnet tool install Experiments.Tool     the workflows restore it by .config/dotnet-tools.json");
        if (system == "gitlab" && File.Exists(Path.Combine(folder, ".gitlab-ci.yml")) && !File.ReadAllText(Path.Combine(folder, ".gitlab-ci.yml")).Contains("experiments.gitlab-ci.yml", StringComparison.Ordinal))
            output.WriteLine("  add to .gitlab-ci.yml:     include: {local: .gitlab/experiments.gitlab-ci.yml}");
        foreach (var definition in definitions)
            if (DefinitionReader.Read(definition).Definition is { Gates.Throughput.Against: null })
                output.WriteLine(VisibleText.Of($"  {Path.GetRelativePath(folder, definition)}: gates.throughput.against: merge-base(origin/{DefaultBranch.Of(folder)}) compares a pull request with what it changes; else a baseline is needed"));
        output.WriteLine("  git add, commit, push");
    }

    private static string Manifest(string folder)
    {
        var file = Path.Combine(folder, ".config", "dotnet-tools.json");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }
}
