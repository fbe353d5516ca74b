using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Experiments.Core.Results;

namespace Cake.Experiments.Tool;

/// <summary>Runs the <c>experiments</c> command. A verdict that is not a pass is a <see cref="CakeException"/> with the command's exit code.</summary>
public sealed class ExperimentsRunner : Tool<ExperimentsSettings>
{
    private readonly ICakeEnvironment _environment;
    private readonly ToolResolution _resolution;

    /// <summary>A runner.</summary>
    /// <param name="fileSystem">The file system.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="processRunner">Starts processes.</param>
    /// <param name="tools">Finds tools.</param>
    public ExperimentsRunner(IFileSystem fileSystem, ICakeEnvironment environment, IProcessRunner processRunner, IToolLocator tools)
        : base(fileSystem, environment, processRunner, tools)
    {
        _environment = environment;
        _resolution = new ToolResolution(fileSystem, environment, tools);
    }

    /// <summary>Runs a command over definition files.</summary>
    /// <param name="command">What to do.</param>
    /// <param name="definitions">The definition files, at least one.</param>
    /// <param name="settings">Options.</param>
    /// <exception cref="CakeException">The verdict is not a pass, the definition is wrong, or the command is not installed.</exception>
    public void Run(ExperimentsCommand command, IEnumerable<FilePath> definitions, ExperimentsSettings settings)
    {
        var files = definitions.Select(Shown).ToList();
        if (files.Count == 0)
            throw new CakeException(ExitCodes.BadUsage, "Experiments: no definition is named; give at least one file.");
        var tool = _resolution.Resolve(settings.ToolPath);
        var arguments = CommandLine.Write(command, files, settings);
        foreach (var prefix in tool.Prefix.Reverse())
            arguments.PrependQuoted(prefix);
        Run(Located(settings, tool.Program), arguments);
    }

    /// <inheritdoc />
    protected override string GetToolName() => "Experiments";

    /// <inheritdoc />
    protected override IEnumerable<string> GetToolExecutableNames() => ToolResolution.ExecutableNames;

    /// <inheritdoc />
    protected override void ProcessExitCode(int exitCode)
    {
        if (exitCode != ExitCodes.Pass)
            throw new CakeException(exitCode, $"Experiments: {ExitCodes.Meaning(exitCode)} (exit code {exitCode}); the diagnostics are above.");
    }

    /// <summary>The path as the user wrote it: diagnostics show it.</summary>
    private string Shown(FilePath file)
    {
        var path = file.MakeAbsolute(_environment);
        var relative = System.IO.Path.GetRelativePath(_environment.WorkingDirectory.FullPath, path.FullPath).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? path.FullPath : relative;
    }

    private static ExperimentsSettings Located(ExperimentsSettings settings, FilePath program) => new()
    {
        ToolPath = program,
        ToolTimeout = settings.ToolTimeout,
        WorkingDirectory = settings.WorkingDirectory,
        NoWorkingDirectory = settings.NoWorkingDirectory,
        ArgumentCustomization = settings.ArgumentCustomization,
        EnvironmentVariables = settings.EnvironmentVariables,
        HandleExitCode = settings.HandleExitCode,
        PostAction = settings.PostAction,
        SetupProcessSettings = settings.SetupProcessSettings,
    };
}
