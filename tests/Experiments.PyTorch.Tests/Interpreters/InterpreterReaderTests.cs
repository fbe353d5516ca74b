using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Interpreters;

[Trait("Needs", "pytorch")]
public sealed class InterpreterReaderTests
{
    [Fact]
    public async Task The_versions_the_devices_and_the_sitecustomize_are_read()
    {
        var environment = new Dictionary<string, string?> { ["PYTHONPATH"] = ProbeFolder.Path };
        var info = await InterpreterReader.ReadAsync(await TorchPython.RequireAsync(), environment, TestContext.Current.CancellationToken);
        Assert.Matches(@"^3\.\d+\.\d+$", info.PythonVersion);
        Assert.Matches(@"^\d+\.\d+", info.TorchVersion);
        Assert.True(info.CudaDevices >= 0);
        Assert.NotNull(info.Sitecustomize);
    }

    [Fact]
    public async Task An_interpreter_without_torch_says_why()
    {
        var folder = TestFolders.Create();
        await File.WriteAllTextAsync(Path.Combine(folder, "torch.py"), "raise ImportError('no torch here')", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?> { ["PYTHONPATH"] = folder };
        var info = await InterpreterReader.ReadAsync(await TorchPython.RequireAsync(), environment, TestContext.Current.CancellationToken);
        Assert.Null(info.TorchVersion);
        Assert.Equal("ImportError: no torch here", info.TorchError);
    }

    [Fact]
    public async Task A_program_that_is_no_Python_is_named_with_what_it_said()
    {
        Assert.SkipUnless(File.Exists("/bin/ls"), "needs /bin/ls");
        var error = await Assert.ThrowsAsync<InterpreterException>(
            () => InterpreterReader.ReadAsync("/bin/ls", new Dictionary<string, string?>(), TestContext.Current.CancellationToken));
        Assert.Equal("/bin/ls", error.Interpreter);
        Assert.NotEqual(0, error.ExitCode);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var error = await Assert.ThrowsAsync<InterpreterException>(
            () => InterpreterReader.ReadAsync("/nowhere/python3", new Dictionary<string, string?>(), TestContext.Current.CancellationToken));
        Assert.Null(error.ExitCode);
        Assert.Contains("/nowhere/python3", error.Message, StringComparison.Ordinal);
    }
}
