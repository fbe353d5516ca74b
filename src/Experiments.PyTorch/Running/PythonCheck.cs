using System.Collections;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Running;

/// <summary>Finds, before anything runs, the interpreter of a PyTorch definition, and sees whether it has torch and the device asked for.</summary>
public static class PythonCheck
{
    /// <summary>The interpreter that the trials will use; null where the definition trains otherwise.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="cancellationToken">Ends the interpreter that is asked.</param>
    /// <exception cref="DiagnosticException">EXP5020 no Python, EXP5021 no torch, EXP5001 no CUDA device, EXP1033 no such module.</exception>
    public static async Task<PythonRuntime?> RunAsync(ExperimentDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Train is not PyTorchTask task)
            return null;
        var environment = Inherited();
        foreach (var (name, value) in task.Env)
            environment[name] = value;
        var context = new InterpreterContext
        {
            Python = task.Python,
            Script = task.Script,
            BaseFolder = Path.GetDirectoryName(Path.GetFullPath(definition.File))!,
            Environment = environment,
        };
        var runtime = await FindAsync(context, definition.PositionOf(task.Python is null ? "train.pytorch" : "train.python"), cancellationToken).ConfigureAwait(false);
        if (task.Device.StartsWith("cuda", StringComparison.Ordinal) && runtime.Info.CudaDevices == 0)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.NoCuda.Error(
                $"device is {task.Device}, but torch {runtime.Info.TorchVersion} of {runtime.Interpreter.File} sees no CUDA device; use device: auto or cpu",
                definition.PositionOf("train.device")));
        }

        if (task.Module is { } module)
            await FindModuleAsync(definition, module, runtime.Interpreter.File, environment.GetValueOrDefault("PYTHONPATH"), cancellationToken).ConfigureAwait(false);
        return runtime;
    }

    private static async Task FindModuleAsync(ExperimentDefinition definition, string module, string interpreter, string? pythonPath, CancellationToken cancellationToken)
    {
        var folder = definition.Train.WorkingDirectory ?? Path.GetDirectoryName(Path.GetFullPath(definition.File))!;
        if (pythonPath?.Contains('{', StringComparison.Ordinal) == true)
            return; // it differs from trial to trial
        var place = await InterpreterReader.FindModuleAsync(interpreter, module, folder, new Dictionary<string, string?> { ["PYTHONPATH"] = pythonPath }, cancellationToken).ConfigureAwait(false);
        if (place.Missing is not { } missing)
            return;
        var top = module.Split('.')[0];
        var above = ModuleName.FolderAbove(folder, top);
        var hint = missing != module && missing == module + ".__main__" ? $"; {module} is a package: name a module of it, one of {string.Join(", ", place.Neighbours.Take(10))}"
            : missing == top && above is not null ? $"; {above} has {top}: write working_directory: {Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(definition.File))!, above)}"
            : Spelling.Nearest(missing, place.Neighbours) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
        throw new DiagnosticException(DefinitionDiagnostics.ModuleNotFound.Error(
            $"{interpreter} finds no module {missing}, neither from the working directory {folder} nor on PYTHONPATH nor installed{hint}", definition.PositionOf("train.pytorch.module")));
    }

    /// <summary>The first interpreter that the user would expect, if it has torch.</summary>
    /// <param name="context">What decides.</param>
    /// <param name="place">What a fault points at.</param>
    /// <param name="cancellationToken">Ends the interpreter that is asked.</param>
    /// <exception cref="DiagnosticException">EXP5020 no Python, EXP5021 no torch.</exception>
    public static async Task<PythonRuntime> FindAsync(InterpreterContext context, SourcePosition? place, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var first = InterpreterSearch.Find(context) ?? throw new DiagnosticException(EnvironmentDiagnostics.NoPython.Error(
            context.Python is { } named ? $"train.python is {named}, which is neither a file nor an environment's folder nor on PATH"
                : "neither VIRTUAL_ENV, CONDA_PREFIX, a .venv above the script, nor python3 and python on PATH", place));
        var runtime = new PythonRuntime(first, await ReadAsync(first, environment, place, cancellationToken).ConfigureAwait(false));
        if (runtime.Info.TorchVersion is null && first.Source == InterpreterSource.Path)
            runtime = await NextOnPathAsync(context, environment, cancellationToken).ConfigureAwait(false) ?? runtime;
        var (interpreter, info) = runtime;
        if (info.TorchVersion is null)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.NoPyTorch.Error(
                $"{interpreter.File} (Python {info.PythonVersion}) cannot import torch: {info.TorchError}; install it there, or name another interpreter by train.python", place));
        }

        return runtime;
    }

    /// <summary>The environment of this program.</summary>
    public static Dictionary<string, string> Inherited() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);

    /// <summary>Where nobody chose the interpreter, a later one on <c>PATH</c> that has torch is meant: the system's behind a version manager's, say.</summary>
    private static async Task<PythonRuntime?> NextOnPathAsync(
        InterpreterContext context, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        foreach (var candidate in InterpreterSearch.Candidates(context).Where(candidate => File.Exists(candidate.File)).DistinctBy(candidate => candidate.File).Skip(1))
        {
            try
            {
                var info = await ReadAsync(candidate, environment, cancellationToken).ConfigureAwait(false);
                if (info.TorchVersion is not null)
                    return new PythonRuntime(candidate, info);
            }
            catch (InterpreterException)
            {
                // not chosen by anyone; the first one's lack of torch is what is told
            }
        }

        return null;
    }

    private static async Task<InterpreterInfo> ReadAsync(
        Interpreter interpreter, IReadOnlyDictionary<string, string> environment, SourcePosition? place, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(interpreter, environment, cancellationToken).ConfigureAwait(false);
        }
        catch (InterpreterException exception)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.NoPython.Error(exception.Message, place), exception);
        }
    }

    private static Task<InterpreterInfo> ReadAsync(
        Interpreter interpreter, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var path = ProbeEnvironment.ComposePythonPath(ProbeFolder.Path, environment.GetValueOrDefault("PYTHONPATH"));
        return InterpreterReader.ReadAsync(interpreter.File, new Dictionary<string, string?> { ["PYTHONPATH"] = path }, cancellationToken);
    }
}
