using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Experiments.PyTorch.Interpreters;

/// <summary>Asks an interpreter what it has, in a child process of its own (about a second, most of it torch's import).</summary>
public static class InterpreterReader
{
    private const string Marker = "experiments-interpreter:";

    private const string Script = """
        import json, sys
        site = sys.modules.get("sitecustomize")
        info = {"pythonVersion": "%d.%d.%d" % sys.version_info[:3], "executable": sys.executable,
                "ignoresEnvironment": bool(sys.flags.ignore_environment), "sitecustomize": getattr(site, "__file__", None)}
        try:
            import torch
            info["torchVersion"] = str(torch.__version__)
            info["cudaBuild"] = torch.version.cuda
            info["cudaDevices"] = torch.cuda.device_count()
        except Exception as error:
            info["torchError"] = "%s: %s" % (type(error).__name__, error)
        print("\nexperiments-interpreter:" + json.dumps(info))
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads Python's and torch's versions, the CUDA build, the devices and the sitecustomize in force.</summary>
    /// <param name="interpreter">The program.</param>
    /// <param name="environment">Variables to set, such as the trial's; null values unset.</param>
    /// <param name="cancellationToken">Ends the child process.</param>
    /// <exception cref="InterpreterException">The program cannot be started, or is no Python.</exception>
    public static async Task<InterpreterInfo> ReadAsync(
        string interpreter, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(interpreter, ["-c", Script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var line = (await output).Split('\n').LastOrDefault(text => text.StartsWith(Marker, StringComparison.Ordinal));
            if (line is null)
                throw new InterpreterException(interpreter, process.ExitCode, (await error).Trim());
            return JsonSerializer.Deserialize<InterpreterInfo>(line[Marker.Length..], Json)!;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InterpreterException(start.FileName, null, error.Message);
        }
    }
}
