using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commenting;

/// <summary>A folder with a red sweep and a green one, for tests that only tell them.</summary>
public sealed class JudgedSweep : IAsyncLifetime
{
    internal Workspace Workspace { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Workspace.Write("train.sh", Trainings.Good);
        Workspace.Write("red.yaml", Trainings.Definition.Replace("name: small", "name: red", StringComparison.Ordinal).Replace("max: 1GiB", "max: 1KiB", StringComparison.Ordinal));
        Workspace.Write("green.yaml", Trainings.Definition.Replace("name: small", "name: green", StringComparison.Ordinal));
        var run = await Workspace.RunAsync("run", "red.yaml", "green.yaml");
        Assert.True(run.ExitCode == 1, run.ToString());
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }
}
