namespace Experiments.Processes.Tests;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("experiments-test-").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException) when (!OperatingSystem.IsWindows())
        {
            System.Diagnostics.Process.Start("rm", ["-rf", Path]).WaitForExit(); // .NET cannot delete a file whose name is not UTF-8
        }
    }
}
