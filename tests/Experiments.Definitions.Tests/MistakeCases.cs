using System.Runtime.CompilerServices;

namespace Experiments.Definitions.Tests;

/// <summary>
/// Mistakes and their messages. In a file of cases, <c>=== name</c> begins one, <c>--- messages</c> its messages; <c>→</c> is a tab.
/// A case whose text begins with <c>{</c> is JSON; one that has no <c>name:</c> gets the lines that are needed besides.
/// </summary>
internal sealed record MistakeCases(string File, string Name, string Text, IReadOnlyList<string> Expected)
{
    public static IReadOnlyList<MistakeCases> All { get; } =
        [.. Directory.EnumerateFiles(Folder(), "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    public string FileName => Text.StartsWith('{') ? "x.json" : "x.yaml";

    private static IEnumerable<MistakeCases> Read(string file) =>
        System.IO.File.ReadAllText(file).Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var head = part.IndexOf('\n', StringComparison.Ordinal);
            var split = part.Split("--- messages\n");
            return new MistakeCases(
                Path.GetFileNameWithoutExtension(file), part[..head], split[0][(head + 1)..].Replace('→', '\t'),
                split[1].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        });

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Mistakes");
}
