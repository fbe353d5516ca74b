using System.Diagnostics;
using Experiments.Core.Definitions;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Tests.Tracking;

public sealed class DatasetDigestTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments-dataset-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("true")]
    [InlineData("ln -s . a; ln -s . b; ln -s .. c")]
    [InlineData("ln -s nowhere dangling")]
    [InlineData("mkfifo pipe; ln -s /dev/zero zero")]
    [InlineData("mkfifo dataset.json")]
    [InlineData("ln -s /dev/zero dataset.json")]
    [InlineData("mkdir dataset.json")]
    public async Task A_folder_of_whatever_files_is_known_by_a_digest_that_changes_with_them(string make)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "has no such files");
        await ShellAsync("echo 1 > sample; " + make);
        var first = await DigestAsync();
        var again = await DigestAsync();
        await ShellAsync("echo 12 > sample");

        Assert.Equal(first, again);
        Assert.NotEqual(first, await DigestAsync());
    }

    private async Task<string> DigestAsync() => (await Task.Run(() => DatasetDigest.Input(new DatasetSource { Name = "d", Path = _folder.FullName }, null), TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).Digest;

    private async Task ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder.FullName })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }
}
