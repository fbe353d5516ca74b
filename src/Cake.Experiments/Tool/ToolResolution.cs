using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Cake.Experiments.Tool;

/// <summary>
/// Finds the <c>experiments</c> command: the path in the settings, the environment variable <c>EXPERIMENTS_TOOL</c>, the repository's
/// tool manifest, Cake's tools folder, PATH. The first that there is wins; a path that is named and missing is an error.
/// </summary>
internal sealed class ToolResolution(IFileSystem fileSystem, ICakeEnvironment environment, IToolLocator tools)
{
    /// <summary>The variable that names the command, a program or a .dll, where neither a manifest nor PATH shall decide.</summary>
    public const string Variable = "EXPERIMENTS_TOOL";

    public static IReadOnlyList<string> ExecutableNames { get; } = ["experiments", "experiments.exe"];

    public ToolCommand Resolve(FilePath? named)
    {
        if (named is not null)
            return Named(named, "ToolPath");
        if (environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable)
            return Named(variable, Variable);
        if (ToolManifest.Declares(fileSystem, environment.WorkingDirectory, "experiments"))
            return new ToolCommand(DotNet(), ["experiments"]);
        if (tools.Resolve(ExecutableNames) is { } found)
            return new ToolCommand(found, []);
        throw NotFound("the experiments command is not found; add it to this repository: dotnet new tool-manifest && dotnet tool install Experiments.Tool");
    }

    private ToolCommand Named(FilePath named, string source)
    {
        var path = named.MakeAbsolute(environment);
        if (!fileSystem.Exist(path))
            throw NotFound($"the experiments command is not found at {path.FullPath}, which {source} names");
        return string.Equals(path.GetExtension(), ".dll", StringComparison.OrdinalIgnoreCase)
            ? new ToolCommand(DotNet(), ["exec", path.FullPath])
            : new ToolCommand(path, []);
    }

    private FilePath DotNet() =>
        environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && fileSystem.Exist(new FilePath(host))
            ? host
            : tools.Resolve(["dotnet", "dotnet.exe"]) ?? throw NotFound("dotnet is not on PATH");

    private static CakeException NotFound(string message) =>
        new(ExitCodes.BadUsage, EnvironmentDiagnostics.NoExperimentsCommand.Error(message).ToString());
}
