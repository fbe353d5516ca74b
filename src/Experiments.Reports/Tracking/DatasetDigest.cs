using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Experiments.Core.Definitions;
using Experiments.Mlflow.Entities;
using Experiments.Shared;

namespace Experiments.Reports.Tracking;

/// <summary>Identifies a dataset without reading it whole: its description, and the names and sizes of its files.</summary>
internal static class DatasetDigest
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };

    private const int DigestLength = 32; // MLflow takes 36 characters

    /// <summary>The dataset as MLflow records it.</summary>
    /// <param name="source">Its definition.</param>
    /// <param name="folder">Its folder, or null when it is not known.</param>
    public static DatasetInput Input(DatasetSource source, string? folder)
    {
        folder ??= source.Path;
        var exists = folder is not null && Directory.Exists(folder);
        return new DatasetInput
        {
            Name = source.Name,
            Digest = exists ? OfFolder(folder!) : Hash(string.Create(CultureInfo.InvariantCulture, $"{source.Path}|{source.Synthetic}|{source.Samples}")),
            SourceType = source.Synthetic is null ? "local" : "code",
            Source = source.Synthetic is { } profile ? Json(("synthetic", profile)) : Json(("uri", folder ?? "")),
            Profile = source.Synthetic is null ? null : string.Create(CultureInfo.InvariantCulture, $"{{\"num_samples\": {source.Samples}}}"),
            Context = "training",
        };
    }

    private static string OfFolder(string folder)
    {
        var facts = new StringBuilder();
        var description = Path.Combine(folder, "dataset.json");
        if (!PlainFile.IsRefused(description))
        {
            using var file = PlainFile.TryOpen(description);
            facts.Append(file is null ? "" : new StreamReader(file).ReadToEnd());
        }

        foreach (var (name, length) in Files(folder).OrderBy(file => file.Path, StringComparer.Ordinal))
            facts.Append(CultureInfo.InvariantCulture, $"\n{Path.GetRelativePath(folder, name).Replace('\\', '/')} {length}");
        return Hash(facts.ToString());
    }

    /// <summary>Links to folders are not followed: one that leads upwards has no end.</summary>
    private static FileSystemEnumerable<(string Path, long Length)> Files(string folder) => new(folder, (ref entry) => (entry.ToFullPath(), entry.Length), All)
    {
        ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];

    private static string Json((string Key, string Value) field)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(field.Key, field.Value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
