using Cake.Core.IO;

namespace Cake.Experiments.Definitions;

/// <summary>Where a dataset comes from: a folder, or a profile to draw from.</summary>
internal sealed record DatasetContent(string Name, DirectoryPath? Folder, string? Profile, int? Samples);
