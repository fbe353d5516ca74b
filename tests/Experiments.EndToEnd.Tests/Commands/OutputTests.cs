using System.Diagnostics;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Where nothing can be printed, the command says so on the other stream and with its exit code, as far as anybody hears.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("> /dev/full")]
    [InlineData(">&-")]
    [InlineData("1< /dev/null")]
    public async Task Output_that_cannot_be_printed_is_no_fault_of_the_tool(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a shell and /dev/full");
        _workspace.Write("small.yaml", Trainings.Definition);
        _workspace.Write("train.sh", Trainings.Good);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"dotnet exec '{BuiltProgram.PathOf("Experiments.Tool")}' plan small.yaml {redirection}"])
        {
            WorkingDirectory = _workspace.Folder, RedirectStandardError = true,
        })!;
        var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(shell.ExitCode == 5, $"exit code {shell.ExitCode}\n{error}");
        Assert.Contains("error EXP5013: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("EXP5010", error, StringComparison.Ordinal);
    }
}
