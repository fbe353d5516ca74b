namespace Experiments.Processes.ControlGroups;

/// <summary>A control group of version 1 is a folder in each hierarchy that it uses.</summary>
/// <param name="Memory">In the hierarchy <c>memory</c>.</param>
/// <param name="Pids">In <c>pids</c>, or null.</param>
/// <param name="Unified">In the hierarchy of version 2 of a hybrid machine, or null.</param>
/// <param name="Freezer">In <c>freezer</c>, or null.</param>
internal sealed record ControlGroupFolders(string Memory, string? Pids, string? Unified, string? Freezer)
{
    /// <summary>All that there are, memory first.</summary>
    internal IReadOnlyList<string> All { get; } = [.. new[] { Memory, Pids, Unified, Freezer }.OfType<string>()];

    /// <summary>The folders of one name in these.</summary>
    /// <param name="name">The name.</param>
    internal ControlGroupFolders Below(string name) => new(Path.Combine(Memory, name), In(Pids, name), In(Unified, name), In(Freezer, name));

    private static string? In(string? folder, string name) => folder is null ? null : Path.Combine(folder, name);
}
