using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>What helps against an import that failed. A package is named only where it is known to have the module; a module of the user's own is never a package.</summary>
internal sealed class ImportRemedy(TrialEvidence evidence)
{
    /// <summary>The diagnosis of an exception that an import raised.</summary>
    /// <param name="line">The exception in one line.</param>
    /// <param name="exceptions">It and those before it in its chain: the first knows the module.</param>
    public TrialDiagnosis Of(string line, IReadOnlyList<ScriptException> exceptions)
    {
        var messages = exceptions.Select(exception => exception.Message).ToList();
        if (messages.Any(FailurePatterns.RelativeImport.IsMatch))
            return PyTorchDiagnostics.RelativeImport.Because(line, AsModule());
        var missing = messages.Select(message => FailurePatterns.MissingModule.Match(message)).LastOrDefault(match => match.Success)?.Groups["name"].Value;
        var library = messages.Select(message => FailurePatterns.MissingLibrary.Match(message)).LastOrDefault(match => match.Success)?.Groups["name"].Value;
        return PyTorchDiagnostics.ImportFailed.Because(line,
            missing is not null ? Missing(missing) : library is not null ? Library(library) : Other(messages[^1]));
    }

    private string Missing(string module)
    {
        var first = module.Split('.')[0];
        if (evidence.ModulesNearby.TryGetValue(first, out var folder))
            return $"env: {{PYTHONPATH: \"{folder}\"}}   # {first} is a module of your own, there{(evidence.Module is { } run ? $"; or pytorch: {{module: {run.Module}}}" : "")}";
        if (first == "__main__" || first.Length == 0)
            return AsModule();
        if (module != first) // Python names the first part that it did not find
            return $"python -m pip show {PackageNames.Of(first) ?? first}   # {first} is there, but has no {module}: another version, or another module of that name";
        if (PackageNames.Of(first) is { } package)
            return $"pip install {package}";
        return PackageNames.IsRemovedFromPython(first)
            ? $"train: {{python: …}}   # an older Python: newer ones have no {first}"
            : $"python -c \"import {first}\"   # no package is known to have it: a module of your own needs its folder in env: {{PYTHONPATH: …}}; else the project's requirements name the package";
    }

    private static string Library(string library) =>
        library.StartsWith("libGL.", StringComparison.Ordinal) ? "pip install opencv-python-headless   # in place of opencv-python, which needs a screen's libraries"
        : library.StartsWith("libcu", StringComparison.Ordinal) || library.StartsWith("libnv", StringComparison.Ordinal) || library.StartsWith("libtorch", StringComparison.Ordinal) || library.StartsWith("libc10", StringComparison.Ordinal)
            ? "python -m pip list   # torch and the packages built for it (torchvision, torchaudio, extensions) must be of versions that belong together"
        : $"ldconfig -p | grep {library.Split(".so")[0]}   # the system's library that is missing";

    private static string Other(string message) =>
        message.Contains("circular import", StringComparison.Ordinal) ? "python -v SCRIPT   # which file is imported: one of yours may have the name of the package, or two import each other"
        : message.Contains("undefined symbol", StringComparison.Ordinal) ? "python -m pip list   # the extension was built for another version of torch: install the one that belongs to it"
        : "python -m pip check   # versions that do not belong together; what the message names is there, but is not what was expected";

    private string AsModule() => evidence.Module is { } run
        ? $"train: {{pytorch: {{module: {run.Module}}}, working_directory: {run.Folder}}}   # as by python -m {run.Module}"
        : PyTorchDiagnostics.RelativeImport.Remedy;
}
