using System.Globalization;

namespace Experiments.Engine.Trainers;

/// <summary>What a definition's <c>device</c> means for a process: which devices it sees, and how it names its own.</summary>
public static class DeviceChoice
{
    /// <summary><c>CUDA_VISIBLE_DEVICES</c> of the trial: one device for <c>cuda:N</c>, none for <c>cpu</c>; null leaves the variable as it is.</summary>
    /// <param name="device"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="inherited">The variable's value around the engine; <c>N</c> counts within it.</param>
    public static string? VisibleDevices(string device, string? inherited)
    {
        if (device == "cpu")
            return "";
        if (!device.StartsWith("cuda:", StringComparison.Ordinal)
            || !int.TryParse(device.AsSpan("cuda:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var around = inherited?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return index < around.Length ? around[index] : index.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The device's name inside the process, where only the chosen one is visible: <c>cuda:1</c> is <c>cuda</c> there.</summary>
    /// <param name="device">The definition's <c>device</c>.</param>
    public static string NameInside(string device) => device.StartsWith("cuda:", StringComparison.Ordinal) ? "cuda" : device;
}
