using Cake.Core;
using Cake.Experiments.Tool;

namespace Cake.Experiments.Tests.Tool;

public sealed class ToolResolutionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tool-resolution-").FullName;
    private readonly FakeMachine _machine;

    public ToolResolutionTests() => _machine = new FakeMachine(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_named_program_is_run_as_it_is()
    {
        var program = Write("bin/experiments", "");

        var tool = _machine.Find("bin/experiments");

        Assert.Equal(program, tool.Program.FullPath);
        Assert.Empty(tool.Prefix);
    }

    [Fact]
    public void A_named_assembly_is_run_by_dotnet()
    {
        var assembly = Write("bin/Experiments.Tool.dll", "");

        var tool = _machine.Find("bin/Experiments.Tool.dll");

        Assert.Equal("/usr/bin/dotnet", tool.Program.FullPath);
        Assert.Equal(["exec", assembly], tool.Prefix);
    }

    [Fact]
    public void A_named_program_that_is_missing_is_an_error_even_where_another_is_installed()
    {
        Manifest("""{"tools":{"experiments.tool":{"version":"1.0.0","commands":["experiments"]}}}""");

        var error = Assert.Throws<CakeException>(() => _machine.Find("bin/absent"));

        Assert.Contains("error EXP5040: the experiments command is not found at", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.ExitCode);
    }

    [Fact]
    public void The_variable_goes_before_the_manifest()
    {
        Manifest("""{"tools":{"experiments.tool":{"version":"1.0.0","commands":["experiments"]}}}""");
        _machine.Variables[ToolResolution.Variable] = Write("dev/experiments", "");

        Assert.EndsWith("dev/experiments", _machine.Find().Program.FullPath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".config/dotnet-tools.json")]
    [InlineData("dotnet-tools.json")]
    public void The_repositorys_manifest_goes_before_the_path(string manifest)
    {
        Write(manifest, """{"version":1,"isRoot":true,"tools":{"experiments.tool":{"version":"1.0.0","commands":["experiments"]}}}""");
        _machine.Installed["experiments"] = "/opt/experiments";

        Assert.Equal(["experiments"], _machine.Find().Prefix);
    }

    [Fact]
    public void A_manifest_of_other_tools_leaves_it_to_the_path()
    {
        Manifest("""{"version":1,"isRoot":true,"tools":{"cake.tool":{"version":"7.0.0","commands":["dotnet-cake"]}}}""");
        _machine.Installed["experiments"] = "/opt/experiments";

        Assert.Equal("/opt/experiments", _machine.Find().Program.FullPath);
    }

    [Fact]
    public void A_root_manifest_hides_the_ones_above_it()
    {
        Manifest("""{"tools":{"experiments.tool":{"version":"1.0.0","commands":["experiments"]}}}""");
        Write("inner/.config/dotnet-tools.json", """{"isRoot":true,"tools":{}}""");
        _machine.WorkingDirectory = Path.Combine(_folder, "inner");

        Assert.Throws<CakeException>(() => _machine.Find());
    }

    private void Manifest(string text) => Write(".config/dotnet-tools.json", text);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
