using System.Diagnostics;
using System.Text.Json;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;

namespace Experiments.Tool.Running;

/// <summary>The program that runs TorchSharp tasks, and what it says of this machine. libtorch never loads into this process.</summary>
internal static class TrainingHost
{
    /// <summary>Names the host where it is neither beside the tool nor in this repository's build output.</summary>
    public const string Variable = "EXPERIMENTS_TRAINING_HOST";

    private const string Program = "Experiments.Training.dll";
    private static readonly TimeSpan InfoTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The host's path, or null when it is nowhere.</summary>
    public static string? Find()
    {
        var tool = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable(Variable),
            Path.Combine(tool, "training", Program),
            Path.GetFullPath(Path.Combine(tool, "..", "..", "Experiments.Training", Path.GetFileName(tool), Program)),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>Checks, before anything runs, that a TorchSharp task can run here on the device that it asks for.</summary>
    /// <exception cref="DiagnosticException">EXP5001, EXP5006: no CUDA device, or no host.</exception>
    public static async Task CheckAsync(ExperimentDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Train is not TorchSharpTask task)
            return;
        var host = Find() ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainingHost.Error(
            $"{Program} is neither beside the tool nor named by {Variable}", definition.PositionOf("train.torchsharp")));
        if (!task.Device.StartsWith("cuda", StringComparison.Ordinal))
            return;
        using var info = await InfoAsync(host, cancellationToken).ConfigureAwait(false);
        if (!info.RootElement.GetProperty("cuda_available").GetBoolean())
            throw new DiagnosticException(EnvironmentDiagnostics.NoCuda.Error(
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
