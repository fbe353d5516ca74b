using System.Diagnostics;
using System.Text.Json;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;

namespace Experiments.Tool.Running;

/// <summary>The program that runs TorchSharp tasks, and what it says of this machine. libtorch never loads into this process.</summary>
internal static class TrainingHost
{
    /// <summary>Names a host to use instead of the packaged one.</summary>
    public const string Variable = "EXPERIMENTS_TRAINING_HOST";

    private const string Program = "Experiments.Training.dll";
    private static readonly TimeSpan InfoTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The host that is there: named by the variable, or this repository's build output; null where the packaged one is to be used.</summary>
    public static string? Find()
    {
        var tool = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable(Variable),
            Path.GetFullPath(Path.Combine(tool, "..", "..", "Experiments.Training", Path.GetFileName(tool), Program)),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>The host that travels with the command; null in a build of this repository.</summary>
    /// <param name="device">The device that the definition asks for.</param>
    public static HostPreparation? Packaged(string device)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "training");
        var named = Environment.GetEnvironmentVariable(HostPreparation.BackendVariable);
        var backend = !string.IsNullOrWhiteSpace(named) ? named : device.StartsWith("cuda", StringComparison.Ordinal) ? "cuda" : "cpu";
        return Directory.Exists(folder) ? new HostPreparation(folder, backend) : null;
    }

    /// <summary>The host for a definition, made ready and checked before anything runs; null where the definition needs none.</summary>
    /// <exception cref="DiagnosticException">EXP5001, EXP5006, EXP5007: no CUDA device, no host, or it cannot be made ready.</exception>
    public static async Task<string?> ReadyAsync(ExperimentDefinition definition, TextWriter output, CancellationToken cancellationToken)
    {
        if (definition.Train is not TorchSharpTask task)
            return null;
        var host = Find();
        if (host is null)
        {
            var packaged = Packaged(task.Device) ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainingHost.Error(
                $"{Program} is neither beside the tool nor named by {Variable}", definition.PositionOf("train.torchsharp")));
            await packaged.EnsureAsync(output, definition.PositionOf("train.torchsharp"), cancellationToken).ConfigureAwait(false);
            host = packaged.Host;
        }

        if (!task.Device.StartsWith("cuda", StringComparison.Ordinal))
            return host;
        using var info = await InfoAsync(host, cancellationToken).ConfigureAwait(false);
        return info.RootElement.GetProperty("cuda_available").GetBoolean() ? host : throw new DiagnosticException(EnvironmentDiagnostics.NoCuda.Error(
            $"device is {task.Device}, but libtorch {info.RootElement.GetProperty("torch")} sees no CUDA device here; use device: auto or cpu",
            definition.PositionOf("train.device")));
    }

    /// <summary>What the host says of libtorch and the GPUs: <c>torchsharp</c>, <c>torch</c>, <c>cuda_available</c>, <c>cuda_devices</c>, <c>error</c>.</summary>
    public static async Task<JsonDocument> InfoAsync(string host, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", host, "info"]) { RedirectStandardOutput = true })!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(InfoTimeout);
        try
        {
            var line = await process.StandardOutput.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return JsonDocument.Parse(line);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
