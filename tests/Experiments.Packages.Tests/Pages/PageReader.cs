using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.Pages;

/// <summary>Does what a page says, command by command, in a shell that goes where the page goes.</summary>
internal sealed class PageReader(UserFolder user, PackedFeed feed)
{
    private const string Install = "dotnet tool install --global Experiments.Tool";

    private readonly Dictionary<string, string> _environment = new(user.Environment)
    {
        ["PATH"] = user.Tools + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
        ["WHERE"] = user.File("where.txt"),
    };

    private string _folder = user.Path;

    /// <summary>Follows a page to its end.</summary>
    public async Task FollowAsync(string page)
    {
        foreach (var shown in ShownCommand.Of(page))
        {
            // The packages of the tests have a version of their own, as the samples' have.
            var line = shown.Line.Replace(Install, $"{Install} --version {feed.Version}", StringComparison.Ordinal);
            var (exitCode, output) = await Shell.RunAsync(Shell.Start(_folder, _environment, "sh", "-c", $"{line}\ncode=$?\npwd > \"$WHERE\"\nexit $code"));
            Assert.True(exitCode == 0, $"$ {line}\nended with {exitCode}:\n{output}");
            shown.WasPrintedIn(output);
            _folder = (await File.ReadAllTextAsync(_environment["WHERE"], TestContext.Current.CancellationToken)).Trim();
        }
    }
}
