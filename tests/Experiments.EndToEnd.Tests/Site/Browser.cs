using System.Diagnostics;

namespace Experiments.EndToEnd.Tests.Site;

/// <summary>A real browser without a window.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private readonly string _profile = Directory.CreateTempSubdirectory("experiments-browser-").FullName;
    private readonly Process _process;

    private Browser(string address) => _process = Process.Start(new ProcessStartInfo(
        Program!, ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", $"--user-data-dir={_profile}", address])
    {
        RedirectStandardError = true, RedirectStandardOutput = true,
    })!;

    /// <summary>Opens an address.</summary>
    public static Browser Open(string address) => new(address);

    /// <summary>Goes on only where a browser is.</summary>
    public static void Require() => Requirement.Met("chromium", Program is not null, "no chromium on PATH: apt-get install chromium");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }
}
