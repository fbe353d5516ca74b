using System.Text.Json;
using Experiments.Engine;
using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Running;
using Experiments.Preparing;

namespace Experiments.Tool.Doctor;

/// <summary>What can be trained with here.</summary>
internal static class TrainingFindings
{
    private const string TorchSharp = "TorchSharp";
    private const string CudaBuild = "EXPERIMENTS_TORCH=cuda takes the CUDA build (TorchSharp-cuda-linux or -windows, several gigabytes)";

    /// <summary>The interpreter that a script in the working folder would get, and its torch.</summary>
    public static async Task<Finding> PyTorchAsync(CancellationToken cancellationToken)
    {
        const string Subject = "PyTorch";
        var context = new InterpreterContext
        {
            Script = Path.GetFullPath("script.py"), BaseFolder = Environment.CurrentDirectory, Environment = PythonCheck.Inherited(),
        };
        try
        {
            var runtime = await PythonCheck.FindAsync(context, place: null, cancellationToken).ConfigureAwait(false);
            return new Finding { Subject = Subject, Found = runtime.ToString() };
        }
        catch (DiagnosticException problem)
        {
            return Finding.Of(Subject, problem.Diagnostic, "pytorch tasks do not run");
        }
    }

    /// <summary>The training host, and the libtorch that it loads.</summary>
    /// <param name="hasGpu">Whether the lack of the CUDA build is one.</param>
    /// <param name="cancellationToken">Ends the host that is asked.</param>
    public static async Task<Finding> TorchSharpAsync(bool hasGpu, CancellationToken cancellationToken)
    {
        if (TrainingHost.Find() is { } host)
            return await AskedAsync(host, hasGpu, cancellationToken).ConfigureAwait(false);
        if (TrainingHost.Packaged(device: "auto") is not { } packaged)
            return new Finding { Subject = TorchSharp, Found = "no training host", Consequence = "torchsharp tasks do not run", Remedy = Core.Diagnostics.EnvironmentDiagnostics.NoTrainingHost.Remedy };
        return File.Exists(packaged.Host)
            ? await AskedAsync(packaged.Host, hasGpu, cancellationToken).ConfigureAwait(false)
            : new Finding { Subject = TorchSharp, Found = $"libtorch is fetched from NuGet by the first sweep of a torchsharp task (about 200 MB); {CudaBuild}" };
    }

    private static async Task<Finding> AskedAsync(string host, bool hasGpu, CancellationToken cancellationToken)
    {
        JsonDocument info;
        try
        {
            info = await TrainingHost.InfoAsync(host, position: null, cancellationToken).ConfigureAwait(false);
        }
        catch (DiagnosticException problem)
        {
            return Finding.Of(TorchSharp, problem.Diagnostic, "torchsharp tasks do not run");
        }

        using var answer = info;
        return Told(host, info.RootElement, hasGpu);
    }

    private static Finding Told(string host, JsonElement root, bool hasGpu)
    {
        if (root.TryGetProperty("error", out var error))
            return new Finding { Subject = TorchSharp, Found = error.GetString()!, Consequence = "torchsharp tasks do not run", Remedy = Core.Diagnostics.TrainingDiagnostics.NoTorch.Remedy };
        var devices = root.GetProperty("cuda_devices").GetArrayLength();
        var finding = new Finding
        {
            Subject = TorchSharp,
            Found = $"TorchSharp {(root.TryGetProperty("torchsharp", out var version) ? version : "(no version)")} with libtorch {root.GetProperty("torch")}, {(devices > 0 ? $"{devices} CUDA" : "no CUDA")} devices; host {host}",
        };
        return devices > 0 || !hasGpu ? finding : finding with { Consequence = "torchsharp tasks train on the CPU, beside an idle GPU", Remedy = CudaBuild };
    }
}
