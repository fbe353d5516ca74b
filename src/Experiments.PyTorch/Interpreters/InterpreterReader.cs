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

    // Asks Python's own finders, so that installed, editable and namespace packages count; imports nothing of the user's.
    private const string ModuleScript = """
        import json, pkgutil, sys
        def find(name, path):
            for finder in sys.meta_path:
                spec = getattr(finder, "find_spec", lambda *_: None)(name, path)
                if spec is not None:
                    return spec
        place, prefix, path = {"file": None}, "", None
        for part in sys.argv[1].split(".") + ["__main__"]:
            if part == "__main__" and path is None:
                break
            name = prefix + "." + part if prefix else part
            spec = find(name, path) if path is not None or not prefix else None
            if spec is None:
                here = [""] if not prefix else list(path or [])
                place = {"missing": name, "neighbours": [(prefix + "." if prefix else "") + module.name for module in pkgutil.iter_modules(here)][:200]}
                break
            place, prefix, path = {"file": spec.origin}, name, spec.submodule_search_locations
        print("\nexperiments-interpreter:" + json.dumps(place))
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads Python's and torch's versions, the CUDA build, the devices and the sitecustomize in force.</summary>
    /// <param name="interpreter">The program.</param>
    /// <param name="environment">Variables to set, such as the trial's; null values unset.</param>
    /// <param name="cancellationToken">Ends the child process.</param>
    /// <exception cref="InterpreterException">The program cannot be started, or is no Python.</exception>
    public static Task<InterpreterInfo> ReadAsync(
        string interpreter, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken) =>
        AskAsync<InterpreterInfo>(new ProcessStartInfo(interpreter, ["-c", Script]), environment, cancellationToken);

    /// <summary>Looks where <c>python -m</c> finds a module; of a package, its <c>__main__</c>.</summary>
    /// <param name="interpreter">The program.</param>
    /// <param name="module">The module, such as <c>pkg.train</c>.</param>
    /// <param name="folder">The working directory, in which Python looks first.</param>
    /// <param name="environment">Variables to set, such as the trial's; null values unset.</param>
    /// <param name="cancellationToken">Ends the child process.</param>
    /// <exception cref="InterpreterException">The program cannot be started, or is no Python.</exception>
    public static Task<ModulePlace> FindModuleAsync(
        string interpreter, string module, string folder, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken) =>
        AskAsync<ModulePlace>(new ProcessStartInfo(interpreter, ["-c", ModuleScript, module]) { WorkingDirectory = folder }, environment, cancellationToken);

    private static async Task<T> AskAsync<T>(ProcessStartInfo start, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
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
                throw new InterpreterException(start.FileName, process.ExitCode, (await error).Trim());
            return JsonSerializer.Deserialize<T>(line[Marker.Length..], Json)!;
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
