using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.Experiments.Tool;

namespace Cake.Experiments.Tests.Tool;

/// <summary>A machine whose variables and installed tools a test decides; its files are real.</summary>
internal sealed class FakeMachine(string folder) : ICakeEnvironment, IToolLocator
{
    public Dictionary<string, string> Variables { get; } = [];

    public Dictionary<string, string> Installed { get; } = new() { ["dotnet"] = "/usr/bin/dotnet" };

    public DirectoryPath WorkingDirectory { get; set; } = folder;

    public DirectoryPath ApplicationRoot => WorkingDirectory;

    public ICakePlatform Platform { get; } = new CakePlatform();

    public ICakeRuntime Runtime => throw new NotSupportedException();

    public ToolCommand Find(FilePath? named = null) => new ToolResolution(new FileSystem(), this, this).Resolve(named);

    public DirectoryPath GetSpecialPath(SpecialPath path) => throw new NotSupportedException();

    public string? GetEnvironmentVariable(string variable) => Variables.GetValueOrDefault(variable);

    public IDictionary<string, string> GetEnvironmentVariables() => Variables;

    public void RegisterFile(FilePath path) => throw new NotSupportedException();

    public FilePath? Resolve(string tool) => Installed.TryGetValue(tool, out var path) ? path : null;

    public FilePath? Resolve(IEnumerable<string> toolExeNames) => toolExeNames.Select(Resolve).FirstOrDefault(path => path is not null);
}
