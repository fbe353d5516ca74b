using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Merging;

/// <summary>Finds the sweeps that are the shards of one.</summary>
internal static class Shards
{
    private const int Depth = 6; // ARTIFACT/.experiments/NAME/ID/plan.json, and some more

    /// <summary>The shards, each with its plan, in the order of the folders; of a folder's sweeps that share configurations only the latest.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="folders">Where to look.</param>
    /// <exception cref="DiagnosticException">EXP3022: there are none, or they are not of one sweep. EXP3010: a plan cannot be read.</exception>
    public static IReadOnlyList<(SweepFolder Folder, SweepManifest Manifest)> Find(ExperimentDefinition definition, IReadOnlyList<string> folders)
    {
        var shards = new List<(SweepFolder Folder, SweepManifest Manifest)>();
        var owners = new Dictionary<string, SweepFolder>(StringComparer.Ordinal);
        foreach (var folder in folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal))
        {
            var here = In(folder, definition);
            if (here.Count == 0)
                throw Refused(definition, $"{Shown(folder)} holds no sweep of {definition.Name}");
            foreach (var shard in here)
            {
                if (shard.Manifest.Plan.Configurations.FirstOrDefault(one => owners.ContainsKey(one.Id)) is { } twice)
                    throw Refused(definition, $"{twice.Name} is in {Shown(owners[twice.Id].Path)} and in {Shown(shard.Folder.Path)}");
                foreach (var configuration in shard.Manifest.Plan.Configurations)
                    owners.Add(configuration.Id, shard.Folder);
                shards.Add(shard);
            }
        }

        var first = shards[0];
        var hash = DefinitionHash.Of(definition);
        foreach (var (folder, manifest) in shards)
        {
            if (manifest.DefinitionHash != hash)
                throw Refused(definition, $"the sweep in {Shown(folder.Path)} is of another state of the definition");
            if (manifest.Code != first.Manifest.Code || manifest.OtherCode.Count > 0)
                throw Refused(definition, $"the sweep in {Shown(folder.Path)} measured {string.Join(", then ", [manifest.Code, .. manifest.OtherCode])}, that in {Shown(first.Folder.Path)} {first.Manifest.Code}");
        }

        return shards;
    }

    private static List<(SweepFolder Folder, SweepManifest Manifest)> In(string folder, ExperimentDefinition definition)
    {
        if (!Directory.Exists(folder))
            throw Refused(definition, $"{Shown(folder)} is not there");
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var kept = new List<(SweepFolder Folder, SweepManifest Manifest)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var found = Directory.EnumerateFiles(folder, "plan.json", everywhere)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "trials" or "comparisons" or "worktrees"))
            .Select(file => new SweepFolder(Path.GetDirectoryName(file)!)).Where(sweep => sweep.SweepId != LatestLink.Name).OrderByDescending(sweep => sweep.SweepId, StringComparer.Ordinal);
        foreach (var sweep in found)
        {
            var manifest = sweep.ReadManifest();
            if (manifest.Plan.Experiment != definition.Name || manifest.Plan.Configurations.Any(one => taken.Contains(one.Id)))
                continue; // another experiment, or an earlier night
            taken.UnionWith(manifest.Plan.Configurations.Select(one => one.Id));
            kept.Add((sweep, manifest.With(sweep.ReadJournal())));
        }

        kept.Reverse();
        return kept;
    }

    private static string Shown(string folder) => Path.GetRelativePath(".", folder);

    private static DiagnosticException Refused(ExperimentDefinition definition, string message) => new(TrialDiagnostics.NotShards.Error(message, definition.PositionOf("name")));
}
