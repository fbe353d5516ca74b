using System.Globalization;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What the command says of this machine, whatever it has.</summary>
public class DoctorTests
{
    private static readonly string[] Subjects = ["CPU", "memory", "control groups", "/dev/shm", "GPU", "PyTorch", "TorchSharp", "MLflow", "Slurm"];

    [Fact]
    public async Task Doctor_looks_at_everything_and_has_a_remedy_for_each_lack()
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync("doctor", "--output", "json");

        Assert.True(run.ExitCode == 0, run.ToString());
        using var findings = JsonDocument.Parse(run.Output);
        Assert.Equal(Subjects, findings.RootElement.EnumerateArray().Select(finding => finding.GetProperty("subject").GetString()));
        Assert.All(findings.RootElement.EnumerateArray(), finding =>
        {
            Assert.NotEqual("", finding.GetProperty("found").GetString());
            Assert.Equal(finding.TryGetProperty("consequence", out _), finding.TryGetProperty("remedy", out _));
        });
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task Lacks_are_marked_and_told_with_their_remedy_beneath()
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync("doctor");

        var lines = run.Lines.ToList();
        for (var line = 0; line < lines.Count; line++)
        {
            if (!lines[line].StartsWith('!'))
                continue;
            Assert.Contains("without it: ", lines[line + 1], StringComparison.Ordinal);
            Assert.Contains("remedy: ", lines[line + 2], StringComparison.Ordinal);
        }

        Assert.Contains(lines, line => line.Contains("MLflow", StringComparison.Ordinal) && line.StartsWith('✓'));
    }

    [Fact]
    public async Task A_tracking_server_that_does_not_answer_is_a_lack()
    {
        using var workspace = new Workspace();
        using var closed = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var run = await workspace.RunAsync(new Dictionary<string, string> { ["MLFLOW_TRACKING_URI"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") }, "doctor");

        Assert.Contains(run.Lines, line => line.StartsWith("! MLflow", StringComparison.Ordinal) && line.Contains("refused", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("experiments publish", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_python_pytorch_is_a_lack_with_its_remedy()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a PATH without Python needs a folder of links");
        using var workspace = new Workspace();
        Directory.CreateDirectory(Path.Combine(workspace.Folder, "bin"));
        File.CreateSymbolicLink(Path.Combine(workspace.Folder, "bin", "dotnet"), Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : Host());

        var run = await workspace.RunAsync(new Dictionary<string, string> { ["PATH"] = Path.Combine(workspace.Folder, "bin"), ["VIRTUAL_ENV"] = "", ["CONDA_PREFIX"] = "" }, "doctor");

        Assert.Contains(run.Lines, line => line.StartsWith("! PyTorch", StringComparison.Ordinal));
        Assert.Contains("pytorch tasks do not run", run.Output, StringComparison.Ordinal);
    }

    private static string Host() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
}
