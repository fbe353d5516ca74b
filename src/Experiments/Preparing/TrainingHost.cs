using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;

namespace Experiments.Preparing;

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
        using var info = await InfoAsync(host, definition.PositionOf("train.torchsharp"), cancellationToken).ConfigureAwait(false);
        if (info.RootElement.TryGetProperty("cuda_available", out var available) && available.GetBoolean())
            return host;
        var seen = info.RootElement.TryGetProperty("error", out var error) ? $"libtorch does not load here: {error}" : $"libtorch {info.RootElement.GetProperty("torch")} sees no CUDA device here";
        throw new DiagnosticException(EnvironmentDiagnostics.NoCuda.Error($"device is {task.Device}, but {seen}; use device: auto or cpu", definition.PositionOf("train.device")));
    }

    /// <summary>What the host says of libtorch and the GPUs: <c>torchsharp</c>, <c>torch</c>, <c>cuda_available</c>, <c>cuda_devices</c>, or <c>error</c>.</summary>
    /// <exception cref="DiagnosticException">EXP5012: it cannot be started, dies, hangs or says something else.</exception>
    public static async Task<JsonDocument> InfoAsync(string host, SourcePosition? position, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(InfoTimeout);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", host, "info"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var kill = timeout.Token.Register(() => process.Kill(entireProcessTree: true));
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            var text = await process.StandardOutput.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            var lastWords = LastWords(text + "\n" + await errors.ConfigureAwait(false));
            return Parse(text) ?? throw Fault(string.Create(CultureInfo.InvariantCulture, $"ended with exit code {process.ExitCode}{lastWords}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault($"has not answered for {InfoTimeout.TotalSeconds:0} s");
        }
        catch (Exception problem) when (problem is Win32Exception or IOException or InvalidOperationException)
        {
            throw Fault($"cannot be started: {problem.Message}");
        }

        DiagnosticException Fault(string problem) => new(EnvironmentDiagnostics.TrainingHostFails.Error($"'dotnet exec {host} info' {problem}", position));
    }

    /// <summary>The answer; null where it is none.</summary>
    private static JsonDocument? Parse(string text)
    {
        try
        {
            var answer = JsonDocument.Parse(text);
            var root = answer.RootElement;
            if (root.ValueKind == JsonValueKind.Object && (Is(root, "error", JsonValueKind.String)
                || (Is(root, "torch", JsonValueKind.String) && (Is(root, "cuda_available", JsonValueKind.True) || Is(root, "cuda_available", JsonValueKind.False)) && Is(root, "cuda_devices", JsonValueKind.Array))))
                return answer;
            answer.Dispose();
        }
        catch (JsonException)
        {
            // it died before it had said all
        }

        return null;
    }

    private static bool Is(JsonElement root, string name, JsonValueKind kind) => root.TryGetProperty(name, out var value) && value.ValueKind == kind;

    private static string LastWords(string text) => text.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } line ? $"; it last said: {line.Trim()}" : "";
}
